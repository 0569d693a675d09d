package dev.tandem.socketio.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The text form of packets: {@code <type>[<namespace>,][<ack id>][JSON]}. Packets with binary attachments are refused so far.
 * Pure; from any thread.
 */
public final class SocketIoCodec {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Names that only the library itself may emit. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private SocketIoCodec() {}

    /** Fails with {@link SocketIoParseException}, whatever is wrong. */
    public static SocketIoPacket decode(String text) {
        if (text.isEmpty()) {
            throw new SocketIoParseException("empty packet");
        }
        int at = 1;
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            namespace = withoutQuery(text.substring(at, end));
            at = Math.min(end + 1, text.length());
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        OptionalLong ackId = digits == at ? OptionalLong.empty() : OptionalLong.of(number(text.substring(digits, at)));
        return packet(text.charAt(0), namespace, ackId, json(text.substring(at)));
    }

    public static String encode(SocketIoPacket packet) {
        if (packet instanceof SocketIoPacket.Connect connect) {
            return '0' + prefix(connect.namespace()) + (connect.auth().isMissingNode() ? "" : connect.auth());
        } else if (packet instanceof SocketIoPacket.Disconnect disconnect) {
            return '1' + prefix(disconnect.namespace());
        } else if (packet instanceof SocketIoPacket.Event event) {
            String ackId =
                    event.ackId().isPresent() ? Long.toString(event.ackId().getAsLong()) : "";
            return '2' + prefix(event.namespace()) + ackId + event.data();
        } else if (packet instanceof SocketIoPacket.Ack ack) {
            return ack(ack.namespace(), ack.ackId(), ack.data().toString());
        } else if (packet instanceof SocketIoPacket.ConnectError error) {
            return '4' + prefix(error.namespace()) + error.data();
        }
        throw new IllegalArgumentException("unknown packet");
    }

    /** An event with one argument, which is JSON already; {@code name} needs no escaping. */
    public static String event(String namespace, String name, String json) {
        return '2' + prefix(namespace) + "[\"" + name + "\"," + json + ']';
    }

    /** An ack whose arguments are a JSON array already. */
    public static String ack(String namespace, long ackId, String json) {
        return '3' + prefix(namespace) + ackId + json;
    }

    private static SocketIoPacket packet(char type, String namespace, OptionalLong ackId, JsonNode json) {
        return switch (type) {
            case '0' -> connect(namespace, json);
            case '1' -> disconnect(namespace, json);
            case '2' -> event(namespace, ackId, json);
            case '3' -> ack(namespace, ackId, json);
            case '4' -> throw new SocketIoParseException("a client cannot refuse a connection");
            case '5', '6' -> throw new SocketIoParseException("binary attachments are not supported");
            default -> throw new SocketIoParseException("unknown packet type");
        };
    }

    private static SocketIoPacket connect(String namespace, JsonNode json) {
        require(json.isMissingNode() || json.isObject(), "CONNECT takes an object");
        return new SocketIoPacket.Connect(namespace, json);
    }

    private static SocketIoPacket disconnect(String namespace, JsonNode json) {
        require(json.isMissingNode(), "DISCONNECT takes no payload");
        return new SocketIoPacket.Disconnect(namespace);
    }

    private static SocketIoPacket event(String namespace, OptionalLong ackId, JsonNode json) {
        require(json instanceof ArrayNode && json.size() > 0, "EVENT takes an array with a name");
        JsonNode name = json.get(0);
        require(name.isTextual() || name.isNumber(), "an event's name is a text");
        require(!RESERVED.contains(name.asText()), "a reserved event name");
        return new SocketIoPacket.Event(namespace, ackId, (ArrayNode) json);
    }

    private static SocketIoPacket ack(String namespace, OptionalLong ackId, JsonNode json) {
        require(ackId.isPresent() && json instanceof ArrayNode, "ACK takes a number and an array");
        return new SocketIoPacket.Ack(namespace, ackId.getAsLong(), (ArrayNode) json);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new SocketIoParseException(rule);
        }
    }

    private static String withoutQuery(String namespace) {
        int question = namespace.indexOf('?');
        return question < 0 ? namespace : namespace.substring(0, question);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            throw new SocketIoParseException("the ack id is no number");
        }
    }

    private static JsonNode json(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = MAPPER.readTree(text);
            require(!json.isMissingNode(), "the payload is blank");
            return json;
        } catch (JsonProcessingException malformed) {
            throw new SocketIoParseException("the payload is not JSON");
        }
    }

    private static String prefix(String namespace) {
        return namespace.equals("/") ? "" : namespace + ",";
    }
}
