package dev.tandem.socketio.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.OptionalLong;

/** The wire form of packets that need no memory of others. Pure; from any thread. */
public final class SocketIoCodec {
    /** What stands behind an event's last argument. */
    public static final String EVENT_END = "]";

    private SocketIoCodec() {}

    /** A packet that is one text; fails with {@link SocketIoParseException}, also if attachments would have to follow. */
    public static SocketIoPacket decode(String text) {
        return new PacketDecoder(PacketLimits.DEFAULT)
                .onText(text)
                .orElseThrow(() -> new SocketIoParseException("attachments have to follow"));
    }

    /** The text, and the attachments that have to follow it. */
    public static EncodedPacket encode(SocketIoPacket packet) {
        if (packet instanceof SocketIoPacket.Event event) {
            return encode('2', '5', event.namespace(), event.ackId(), event.data());
        } else if (packet instanceof SocketIoPacket.Ack ack) {
            return encode('3', '6', ack.namespace(), OptionalLong.of(ack.ackId()), ack.data());
        }
        return new EncodedPacket(text(packet), List.of());
    }

    /** What stands in front of an event's one argument, if that is JSON already; {@code name} needs no escaping. */
    public static String eventHead(String namespace, String name) {
        return '2' + prefix(namespace) + "[\"" + name + "\",";
    }

    /** What stands behind it if there is another one, a text that needs no escaping; else that is {@link #EVENT_END}. */
    public static String eventEnd(String text) {
        return ",\"" + text + "\"]";
    }

    /** An ack whose arguments are a JSON array already. */
    public static String ack(String namespace, long ackId, String json) {
        return '3' + prefix(namespace) + ackId + json;
    }

    /** Whether only the library itself may emit events of that name. */
    public static boolean isReserved(String event) {
        return PacketText.isReserved(event);
    }

    /** Whether something in there is binary. */
    public static boolean isBinary(JsonNode json) {
        return Attachments.isIn(json);
    }

    private static String text(SocketIoPacket packet) {
        if (packet instanceof SocketIoPacket.Connect connect) {
            return '0' + prefix(connect.namespace()) + (connect.auth().isMissingNode() ? "" : connect.auth());
        } else if (packet instanceof SocketIoPacket.ConnectError error) {
            return '4' + prefix(error.namespace()) + error.data();
        }
        return '1' + prefix(packet.namespace());
    }

    private static EncodedPacket encode(
            char plain, char binary, String namespace, OptionalLong ackId, ArrayNode arguments) {
        String rest = prefix(namespace) + (ackId.isPresent() ? Long.toString(ackId.getAsLong()) : "");
        if (!Attachments.isIn(arguments)) {
            return new EncodedPacket(plain + rest + arguments, List.of());
        }
        Attachments attachments = new Attachments();
        String json = attachments.takeFrom(arguments).toString();
        return new EncodedPacket(
                binary + Integer.toString(attachments.taken().size()) + '-' + rest + json, attachments.taken());
    }

    private static String prefix(String namespace) {
        return namespace.equals("/") ? "" : namespace + ",";
    }
}
