package dev.tandem.cluster.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as the peers in JavaScript write and read it. It has no binary values: there they become
 * {@code {"type":"Buffer","data":[...]}}, and stay that when they are read.
 */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText() {}

    /** Fails with {@link MalformedClusterMessage}. */
    static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException malformed) {
            throw new MalformedClusterMessage("the message is not JSON");
        }
    }

    /** Fails with {@link IllegalArgumentException} if the value is nested too deeply or is none of JSON's and not binary. */
    static byte[] write(JsonNode value) {
        return plain(value, 0).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of a binary value. */
    static byte[] bytes(JsonNode binary) {
        try {
            return binary.binaryValue();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode plain(JsonNode value, int depth) {
        return switch (value.getNodeType()) {
            case MISSING -> JsonNodeFactory.instance.nullNode();
            case NUMBER -> JavaScriptNumber.of(value);
            case BINARY -> buffer(bytes(value));
            case ARRAY -> list(value, depth + 1);
            case OBJECT -> map(value, depth + 1);
            case NULL, BOOLEAN, STRING -> value;
            default -> throw new IllegalArgumentException("not a value of JSON: " + value.getNodeType());
        };
    }

    private static ArrayNode list(JsonNode value, int depth) {
        Limits.checkWrittenDepth(depth);
        ArrayNode list = JsonNodeFactory.instance.arrayNode(value.size());
        value.forEach(item -> list.add(plain(item, depth)));
        return list;
    }

    private static ObjectNode map(JsonNode value, int depth) {
        Limits.checkWrittenDepth(depth);
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        value.fields().forEachRemaining(field -> map.set(field.getKey(), plain(field.getValue(), depth)));
        return map;
    }

    private static ObjectNode buffer(byte[] bytes) {
        ObjectNode buffer = JsonNodeFactory.instance.objectNode().put("type", "Buffer");
        ArrayNode data = buffer.putArray("data");
        for (byte each : bytes) {
            data.add(Byte.toUnsignedInt(each));
        }
        return buffer;
    }
}
