package dev.tandem.socketio.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * The places, {@code {"_placeholder":true,"num":n}}, at which attachments belong. Each attachment has exactly one place, as
 * every client writes it.
 */
final class Placeholders {
    private static final String MARK = "_placeholder";
    private static final String NUMBER = "num";

    private final Consumer<JsonNode>[] places;
    private int found;

    @SuppressWarnings("unchecked")
    private Placeholders(int attachments) {
        places = new Consumer[attachments];
    }

    /** Fails with {@link SocketIoParseException} unless there are as many places as attachments, numbered from 0. */
    static Placeholders of(ArrayNode data, int attachments) {
        Placeholders placeholders = new Placeholders(attachments);
        placeholders.findIn(data);
        SocketIoParseException.require(placeholders.found == attachments, "an attachment without placeholder");
        return placeholders;
    }

    static ObjectNode node(ObjectNode empty, int number) {
        return empty.put(MARK, true).put(NUMBER, number);
    }

    void fill(List<BinaryNode> attachments) {
        for (int i = 0; i < places.length; i++) {
            places[i].accept(attachments.get(i));
        }
    }

    private void findIn(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                visit(array.get(i), attachment -> array.set(index, attachment));
            }
        } else if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> visit(field.getValue(), field::setValue));
        }
    }

    private void visit(JsonNode node, Consumer<JsonNode> place) {
        if (node.path(MARK).isBoolean() && node.path(MARK).booleanValue()) {
            add(node.path(NUMBER), place);
        } else {
            findIn(node);
        }
    }

    private void add(JsonNode number, Consumer<JsonNode> place) {
        boolean valid = number.isInt() && number.intValue() >= 0 && number.intValue() < places.length;
        SocketIoParseException.require(valid, "a placeholder for an attachment that is not announced");
        SocketIoParseException.require(places[number.intValue()] == null, "two placeholders for one attachment");
        places[number.intValue()] = place;
        found++;
    }
}
