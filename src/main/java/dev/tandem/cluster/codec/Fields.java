package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The fields of a message that was read. Each is asked for as what it must be, and {@link MalformedClusterMessage} tells if it is
 * something else. Null is as good as not there.
 */
final class Fields {
    private final JsonNode message;

    private Fields(JsonNode message) {
        this.message = message;
    }

    static Fields of(JsonNode message) {
        require(message.isObject(), "fields are expected");
        return new Fields(message);
    }

    boolean has(String name) {
        return message.hasNonNull(name);
    }

    /** Any value; null if there is none. */
    JsonNode value(String name) {
        return has(name) ? message.get(name) : NullNode.instance;
    }

    /** Fields within this one; none if they are not there. */
    Fields within(String name) {
        return has(name) ? of(message.get(name)) : new Fields(NullNode.instance);
    }

    String text(String name) {
        return text(value(name), name);
    }

    Optional<String> findText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** A room: a text, or a number as JavaScript's rooms may be. */
    String room(String name) {
        return room(value(name));
    }

    /** Rooms, in their order; none if they are not there. */
    Set<String> rooms(String name) {
        Set<String> rooms = new LinkedHashSet<>();
        list(name).forEach(room -> rooms.add(room(room)));
        return Collections.unmodifiableSet(rooms);
    }

    Set<String> texts(String name) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(each(name, item -> text(item, name))));
    }

    /** What {@code read} makes of each item; nothing if they are not there. */
    <T> List<T> each(String name, Function<JsonNode, T> read) {
        return StreamSupport.stream(list(name).spliterator(), false).map(read).toList();
    }

    /** True as JavaScript has it. */
    boolean flag(String name) {
        JsonNode value = value(name);
        return value.isTextual() ? !value.textValue().isEmpty() : value.isContainerNode() || value.asBoolean();
    }

    long number(String name) {
        JsonNode value = value(name);
        require(value.isIntegralNumber() && value.canConvertToLong(), "an integer is expected: " + name);
        return value.longValue();
    }

    OptionalLong findNumber(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    /** The name of an event and its arguments. */
    ArrayNode event(String name) {
        JsonNode value = value(name);
        require(value.isArray() && !value.isEmpty(), "an event is expected: " + name);
        require(value.get(0).isTextual() || value.get(0).isNumber(), "an event's name is a text");
        return (ArrayNode) value;
    }

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new MalformedClusterMessage(rule);
        }
    }

    private JsonNode list(String name) {
        JsonNode value = value(name);
        require(value.isNull() || value.isArray(), "a list is expected: " + name);
        return value;
    }

    private static String text(JsonNode value, String name) {
        require(value.isTextual(), "a text is expected: " + name);
        return value.textValue();
    }

    private static String room(JsonNode value) {
        require(value.isTextual() || value.isNumber(), "a room is a text");
        return value.asText();
    }
}
