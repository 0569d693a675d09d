package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;

/**
 * MessagePack's extension types as the peers in JavaScript know them: type -1 is the specification's timestamp; type 0 is theirs,
 * from older versions: one byte is {@code undefined}, eight bytes are a date, and any other is binary. What they do not know
 * they read as a list of the type and the bytes, and so does this.
 */
final class MessagePackExtension {
    private static final int TIMESTAMP = -1;
    private static final int JAVASCRIPT = 0;
    private static final long SECONDS_MASK = (1L << 34) - 1;

    private MessagePackExtension() {}

    /** One of 1, 2, 4, 8 or 16 bytes, a length that the format itself says; {@code undefined} is a missing node. */
    static JsonNode fixed(byte type, byte[] data) {
        if (type == JAVASCRIPT && data.length == 1) {
            return MissingNode.getInstance();
        } else if (type == JAVASCRIPT && data.length == 8) {
            return JavaScriptDate.of(ByteBuffer.wrap(data).getLong());
        }
        return timestampOrUnknown(type, data);
    }

    /** One that says its length. */
    static JsonNode sized(byte type, byte[] data) {
        return type == JAVASCRIPT ? BinaryNode.valueOf(data) : timestampOrUnknown(type, data);
    }

    private static JsonNode timestampOrUnknown(byte type, byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        if (type == TIMESTAMP && data.length == 4) {
            return JavaScriptDate.of(Integer.toUnsignedLong(in.getInt()), 0);
        } else if (type == TIMESTAMP && data.length == 8) {
            long both = in.getLong();
            return JavaScriptDate.of(both & SECONDS_MASK, both >>> 34);
        } else if (type == TIMESTAMP && data.length == 12) {
            long nanos = Integer.toUnsignedLong(in.getInt());
            return JavaScriptDate.of(in.getLong(), nanos);
        }
        return JsonNodeFactory.instance.arrayNode().add((int) type).add(data);
    }
}
