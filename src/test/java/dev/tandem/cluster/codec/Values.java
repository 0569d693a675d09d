package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Short ways to write down the values of a test. */
final class Values {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Values() {}

    static JsonNode json(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static ArrayNode list(Object... values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Object value : values) {
            list.add(node(value));
        }
        return list;
    }

    /** Names and values by turns. */
    static ObjectNode object(Object... fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int at = 0; at < fields.length; at += 2) {
            object.set((String) fields[at], node(fields[at + 1]));
        }
        return object;
    }

    static BinaryNode bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int at = 0; at < values.length; at++) {
            bytes[at] = (byte) values[at];
        }
        return BinaryNode.valueOf(bytes);
    }

    /** What is left of a buffer of Node.js where JSON carries it. */
    static ObjectNode nodeBuffer(Object... values) {
        return object("type", "Buffer", "data", list(values));
    }

    static Set<String> ordered(String... texts) {
        return new LinkedHashSet<>(List.of(texts));
    }

    private static JsonNode node(Object value) {
        return value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    }
}
