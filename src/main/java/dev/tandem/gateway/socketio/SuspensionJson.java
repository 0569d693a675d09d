package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Place;
import dev.tandem.gateway.Suspension;
import dev.tandem.presence.Status;
import dev.tandem.session.Proof;
import java.util.ArrayList;
import java.util.List;

/** Where a client stood whose socket lost its connection, in the form in which Redis keeps it with the socket. */
final class SuspensionJson {
    private SuspensionJson() {}

    static void write(Suspension client, ObjectNode json) {
        client.proof().write(json);
        Status status = client.status();
        json.putObject("status")
                .put("is", status.status())
                .put("text", status.text())
                .put("at", status.at());
        json.put("watches", client.watches());
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
        JsonNode said = json.path("status");
        Status status = new Status(
                said.path("is").asText(),
                said.path("text").asText(),
                said.path("at").asLong());
        List<Suspension.Stay> stays = new ArrayList<>();
        json.path("stays").forEach(stay -> stays.add(new Suspension.Stay(place(stay.get(0)), place(stay.get(1)))));
        List<Place> trail = new ArrayList<>();
        json.path("trail").forEach(step -> trail.add(place(step)));
        return new Suspension(
                Proof.read(json),
                status,
                json.path("watches").asBoolean(),
                stays,
                trail,
                json.path("cut").asBoolean());
    }

    private static Place place(JsonNode text) {
        return Place.of(text.asText()).orElseThrow(() -> new IllegalStateException("no place: " + text));
    }
}
