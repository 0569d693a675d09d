package dev.tandem.socketio.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What is binary in arguments that go out, taken out of them in the order in which it stands there. */
final class Attachments {
    private final List<byte[]> taken = new ArrayList<>();

    static boolean isIn(JsonNode node) {
        if (node.isBinary()) {
            return true;
        }
        for (JsonNode child : node) {
            if (isIn(child)) {
                return true;
            }
        }
        return false;
    }

    List<byte[]> taken() {
        return taken;
    }

    /** A copy of {@code node} with placeholders; {@code node} itself stays as it is. */
    JsonNode takeFrom(JsonNode node) {
        if (node instanceof BinaryNode binary) {
            taken.add(binary.binaryValue());
            return Placeholders.node(JsonNodeFactory.instance.objectNode(), taken.size() - 1);
        } else if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(child -> copy.add(takeFrom(child)));
            return copy;
        } else if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(field -> copy.set(field.getKey(), takeFrom(field.getValue())));
            return copy;
        }
        return node;
    }
}
