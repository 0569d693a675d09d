package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Place;
import dev.tandem.gateway.Suspension;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.util.ArrayList;
import java.util.List;

/** Where a client stood whose socket lost its connection, in the form in which Redis keeps it with the socket. */
final class SuspensionJson {
    private SuspensionJson() {}

    static void write(Suspension client, ObjectNode json) {
        json.putObject("user")
                .put("id", client.user().id().value())
                .put("name", client.user().name());
        ArrayNode stays = json.putArray("stays");
        client.stays()
                .forEach(stay -> stays.addArray()
                        .add(stay.began().text())
                        .add(stay.reached().text()));
        client.trail().forEach(place -> json.withArray("trail").add(place.text()));
        json.put("cut", client.cut());
    }

    /** Reads what {@link #write} wrote. */
    static Suspension read(JsonNode json) {
        JsonNode user = json.path("user");
        UserRef who = new UserRef(
                new UserId(user.path("id").asText()), user.path("name").asText());
        List<Suspension.Stay> stays = new ArrayList<>();
        json.path("stays").forEach(stay -> stays.add(new Suspension.Stay(place(stay.get(0)), place(stay.get(1)))));
        List<Place> trail = new ArrayList<>();
        json.path("trail").forEach(step -> trail.add(place(step)));
        return new Suspension(who, stays, trail, json.path("cut").asBoolean());
    }

    private static Place place(JsonNode text) {
        return Place.of(text.asText()).orElseThrow(() -> new IllegalStateException("no place: " + text));
    }
}
