package dev.tandem.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Whom a broadcast was for, as one text that is the same for the same: JSON. */
final class LogTarget {
    /** The text of what is for all, and of whatever nobody can say any more. */
    static final String EVERYBODY = text(Set.of(), Set.of());

    private static final int LONGEST = 2_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LogTarget() {}

    static String of(BroadcastOptions options) {
        String text = text(options.rooms(), options.except());
        return text.length() > LONGEST ? EVERYBODY : text;
    }

    /** Reads what {@link #of} wrote; what cannot be read is for all. */
    static BroadcastOptions read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return new BroadcastOptions(set(json.path("rooms")), set(json.path("except")), BroadcastFlags.NONE);
        } catch (JsonProcessingException notOurs) {
            return BroadcastOptions.ALL;
        }
    }

    private static String text(Set<String> rooms, Set<String> except) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeSet<>(rooms).forEach(json.putArray("rooms")::add);
        new TreeSet<>(except).forEach(json.putArray("except")::add);
        return json.toString();
    }

    private static Set<String> set(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
