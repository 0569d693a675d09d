package dev.tandem.socketio.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.OptionalLong;

/**
 * A packet of Socket.IO protocol 5 (protocol, "Packet encoding"), in one namespace. Events and acks with a {@link
 * com.fasterxml.jackson.databind.node.BinaryNode} anywhere in their arguments are BINARY_EVENT and BINARY_ACK on the wire.
 */
public sealed interface SocketIoPacket {
    String namespace();

    /** The client wants into the namespace; {@code auth} is its payload, missing if it gave none. */
    record Connect(String namespace, JsonNode auth) implements SocketIoPacket {}

    record Disconnect(String namespace) implements SocketIoPacket {}

    /** {@code data} is the event's name and its arguments; {@code ackId} is there if an answer is wanted. */
    record Event(String namespace, OptionalLong ackId, ArrayNode data) implements SocketIoPacket {
        public String name() {
            return data.get(0).asText();
        }

        /** The same event, to be answered under that id. */
        public Event withAckId(long id) {
            return new Event(namespace, OptionalLong.of(id), data);
        }
    }

    /** The answer to an event. */
    record Ack(String namespace, long ackId, ArrayNode data) implements SocketIoPacket {}

    /** The client may not into the namespace. */
    record ConnectError(String namespace, JsonNode data) implements SocketIoPacket {}
}
