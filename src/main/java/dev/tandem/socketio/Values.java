package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.codec.SocketIoCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plain Java values as JSON, without looking into classes: {@link JsonNode}, text, numbers, booleans, null, {@code byte[]}, which
 * goes over the wire as binary, and maps and lists of these. Anything else is an {@link IllegalArgumentException}.
 */
public final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    public static JsonNode of(Object value) {
        if (value == null) {
            return NullNode.getInstance();
        } else if (value instanceof JsonNode json) {
            return json;
        } else if (value instanceof CharSequence text) {
            return JSON.textNode(text.toString());
        } else if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        } else if (value instanceof byte[] binary) {
            return JSON.binaryNode(binary);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Map<?, ?> map) {
            return object(map);
        } else if (value instanceof Iterable<?> items) {
            return array(items);
        }
        throw new IllegalArgumentException(
                "No JSON is made of a " + value.getClass().getName() + "; give a Map.");
    }

    static ArrayNode array(Object... values) {
        ArrayNode array = JSON.arrayNode(values.length);
        for (Object value : values) {
            array.add(of(value));
        }
        return array;
    }

    /** An event's name and its arguments. */
    static ArrayNode event(String name, Object... arguments) {
        if (SocketIoCodec.isReserved(name)) {
            throw new IllegalArgumentException("'" + name + "' is a reserved event name.");
        }
        return array(arguments).insert(0, name);
    }

    static List<JsonNode> list(ArrayNode array, int from) {
        List<JsonNode> list = new ArrayList<>(array.size());
        array.forEach(list::add);
        return List.copyOf(list.subList(from, list.size()));
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return JSON.numberNode(number.intValue());
        } else if (number instanceof Long) {
            return JSON.numberNode(number.longValue());
        } else if (number instanceof BigInteger integer) {
            return JSON.numberNode(integer);
        } else if (number instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal);
        }
        double value = number.doubleValue();
        return Double.isFinite(value) ? JSON.numberNode(value) : NullNode.getInstance();
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        map.forEach((name, value) -> object.set(String.valueOf(name), of(value)));
        return object;
    }

    private static ArrayNode array(Iterable<?> items) {
        ArrayNode array = JSON.arrayNode();
        items.forEach(item -> array.add(of(item)));
        return array;
    }
}
