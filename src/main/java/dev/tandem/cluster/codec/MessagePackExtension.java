package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageUnpacker;

/**
 * MessagePack's extension types as the peers in JavaScript know them: type -1 is the specification's timestamp; type 0 is theirs,
 * from older versions: one byte is {@code undefined}, eight bytes are a date, and any other is binary. What they do not know
 * they read as a list of the type and the bytes, and so does this. That all bytes are there is the caller's to check.
 */
final class MessagePackExtension {
    private static final int JAVASCRIPT = 0;
    private static final Set<Integer> TIMESTAMP_LENGTHS = Set.of(4, 8, 12);

    private MessagePackExtension() {}

    /** One of 1, 2, 4, 8 or 16 bytes, a length that the format itself says; {@code undefined} is a missing node. */
    static JsonNode fixed(ExtensionTypeHeader header, MessageUnpacker in) throws IOException {
        boolean isJavaScript = header.getType() == JAVASCRIPT;
        if (isJavaScript && header.getLength() == 1) {
            in.readPayload(1);
            return MissingNode.getInstance();
        } else if (isJavaScript && header.getLength() == Long.BYTES) {
            return JavaScriptDate.of(ByteBuffer.wrap(in.readPayload(Long.BYTES)).getLong());
        }
        return timestampOrUnknown(header, in);
    }

    /** One that says its length. */
    static JsonNode sized(ExtensionTypeHeader header, MessageUnpacker in) throws IOException {
        return header.getType() == JAVASCRIPT
                ? BinaryNode.valueOf(in.readPayload(header.getLength()))
                : timestampOrUnknown(header, in);
    }

    private static JsonNode timestampOrUnknown(ExtensionTypeHeader header, MessageUnpacker in) throws IOException {
        if (header.isTimestampType() && TIMESTAMP_LENGTHS.contains(header.getLength())) {
            return timestamp(header, in);
        }
        return JsonNodeFactory.instance.arrayNode().add((int) header.getType()).add(in.readPayload(header.getLength()));
    }

    private static JsonNode timestamp(ExtensionTypeHeader header, MessageUnpacker in) throws IOException {
        try {
            Instant time = in.unpackTimestamp(header);
            return JavaScriptDate.of(time.getEpochSecond(), time.getNano());
        } catch (DateTimeException | ArithmeticException beyondJavasCalendar) {
            return NullNode.instance;
        }
    }
}
