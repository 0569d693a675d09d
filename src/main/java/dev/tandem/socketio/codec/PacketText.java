package dev.tandem.socketio.codec;

import static dev.tandem.socketio.codec.SocketIoParseException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A packet's text taken apart: {@code <type>[<attachments>-][<namespace>,][<ack id>][JSON]}. It has the form of its type;
 * placeholders of attachments are still in the JSON.
 */
record PacketText(char type, int attachments, String namespace, OptionalLong ackId, JsonNode json) {
    /** Names that only the library itself may emit. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    PacketText {
        switch (type) {
            case '0' -> require(json.isMissingNode() || json.isObject(), "CONNECT takes an object");
            case '1' -> require(json.isMissingNode(), "DISCONNECT takes no payload");
            case '2', '5' -> requireEvent(json);
            case '3', '6' -> require(ackId.isPresent() && json.isArray(), "ACK takes a number and an array");
            case '4' -> throw new SocketIoParseException("a client cannot refuse a connection");
            default -> throw new SocketIoParseException("unknown packet type");
        }
    }

    /** Fails with {@link SocketIoParseException}, whatever is wrong. */
    static PacketText read(String text, int maxAttachments) {
        TextCursor cursor = new TextCursor(text);
        char type = cursor.type();
        int attachments = isBinary(type) ? cursor.attachments(maxAttachments) : 0;
        return new PacketText(type, attachments, cursor.namespace(), cursor.ackId(), cursor.json());
    }

    boolean isBinary() {
        return isBinary(type);
    }

    SocketIoPacket toPacket() {
        return switch (type) {
            case '0' -> new SocketIoPacket.Connect(namespace, json);
            case '1' -> new SocketIoPacket.Disconnect(namespace);
            case '2', '5' -> new SocketIoPacket.Event(namespace, ackId, (ArrayNode) json);
            default -> new SocketIoPacket.Ack(namespace, ackId.getAsLong(), (ArrayNode) json);
        };
    }

    private static boolean isBinary(char type) {
        return type == '5' || type == '6';
    }

    private static void requireEvent(JsonNode json) {
        require(json.isArray() && json.size() > 0, "EVENT takes an array with a name");
        JsonNode name = json.get(0);
        require(name.isTextual() || name.isNumber(), "an event's name is a text");
        require(!isReserved(name.asText()), "a reserved event name");
    }

    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
