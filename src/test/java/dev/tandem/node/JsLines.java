package dev.tandem.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/**
 * Binary values within the JSON lines of the scripts: {@code {"$bin": "<base64>"}} there, a {@link BinaryNode} here. What else
 * JSON lacks, {@code $undefined} and {@code $date}, stays as it is on the line.
 */
final class JsLines {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsLines() {}

    static JsonNode toLine(JsonNode value) {
        return value.isBinary() ? NODES.objectNode().put("$bin", value.asText()) : each(value, JsLines::toLine);
    }

    static JsonNode fromLine(JsonNode line) {
        return line.path("$bin").isTextual() ? binary(line.path("$bin")) : each(line, JsLines::fromLine);
    }

    private static JsonNode binary(JsonNode base64) {
        try {
            return BinaryNode.valueOf(base64.binaryValue());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static JsonNode each(JsonNode value, UnaryOperator<JsonNode> change) {
        if (value.isArray()) {
            ArrayNode array = NODES.arrayNode();
            value.forEach(item -> array.add(change.apply(item)));
            return array;
        }
        if (value.isObject()) {
            ObjectNode object = NODES.objectNode();
            value.fields().forEachRemaining(field -> object.set(field.getKey(), change.apply(field.getValue())));
            return object;
        }
        return value;
    }
}
