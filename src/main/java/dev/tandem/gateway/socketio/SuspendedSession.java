package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Place;
import dev.tandem.gateway.Suspension;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.socketio.SocketSession;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A socket that lost its connection, and where its client stood, in the form in which Redis keeps it: JSON. */
record SuspendedSession(SocketSession socket, Suspension client) {

    String toJson(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode().put("sid", socket.sid()).put("pid", socket.pid());
        socket.rooms().forEach(json.putArray("rooms")::add);
        json.set("data", socket.data());
        json.putObject("user")
                .put("id", client.user().id().value())
                .put("name", client.user().name());
        ArrayNode stays = json.putArray("stays");
        client.stays()
                .forEach(stay -> stays.addArray()
                        .add(stay.began().text())
                        .add(stay.reached().text()));
        client.trail().forEach(place -> json.withArray("trail").add(place.text()));
        return json.put("cut", client.cut()).toString();
    }

    /** Reads what {@link #toJson} wrote. */
    static SuspendedSession of(String text, ObjectMapper mapper) {
        try {
            JsonNode json = mapper.readTree(text);
            Set<String> rooms = new HashSet<>();
            json.path("rooms").forEach(room -> rooms.add(room.asText()));
            SocketSession socket = new SocketSession(
                    json.path("sid").asText(), json.path("pid").asText(), rooms, json.path("data"));
            return new SuspendedSession(socket, client(json));
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private static Suspension client(JsonNode json) {
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
