package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads one MessagePack value as what JavaScript would have in JSON: what is undefined is left out of maps and null in lists,
 * keys are texts, dates are ISO 8601. The library reads value by value; it would allocate whatever length is claimed, so that
 * each claim is held against what is left of the input first.
 */
final class MessagePackReader {
    private final MessageUnpacker in;
    private final long size;

    private MessagePackReader(MessageUnpacker in, long size) {
        this.in = in;
        this.size = size;
    }

    /** Fails with {@link MalformedClusterMessage}, whatever is wrong. */
    static JsonNode read(byte[] bytes) {
        try (MessageUnpacker in = MessagePackFactory.unpacker(bytes)) {
            JsonNode value = new MessagePackReader(in, bytes.length).value(0);
            require(!in.hasNext(), "something follows the value");
            return value;
        } catch (MessagePackException malformed) {
            throw new MalformedClusterMessage("the message is cut short or not MessagePack");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private JsonNode value(int depth) throws IOException {
        MessageFormat format = in.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> nil();
            case BOOLEAN -> BooleanNode.valueOf(in.unpackBoolean());
            case INTEGER -> integer(format);
            case FLOAT -> JavaScriptNumber.of(in.unpackDouble());
            case STRING -> TextNode.valueOf(in.unpackString());
            case BINARY -> binary();
            case ARRAY -> list(in.unpackArrayHeader(), depth + 1);
            case MAP -> map(in.unpackMapHeader(), depth + 1);
            case EXTENSION -> extension(format);
        };
    }

    private NullNode nil() throws IOException {
        in.unpackNil();
        return NullNode.instance;
    }

    private JsonNode integer(MessageFormat format) throws IOException {
        return format == MessageFormat.UINT64
                ? JavaScriptNumber.ofUnsigned(in.unpackBigInteger().longValue())
                : JavaScriptNumber.of(in.unpackLong());
    }

    private BinaryNode binary() throws IOException {
        int length = in.unpackBinaryHeader();
        requireLeft(length);
        return BinaryNode.valueOf(in.readPayload(length));
    }

    private ArrayNode list(int size, int depth) throws IOException {
        requireNested(size, depth);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int at = 0; at < size; at++) {
            JsonNode value = value(depth);
            list.add(value.isMissingNode() ? NullNode.instance : value);
        }
        return list;
    }

    private ObjectNode map(int size, int depth) throws IOException {
        requireNested(2L * size, depth);
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (int at = 0; at < size; at++) {
            String key = key(depth);
            JsonNode value = value(depth);
            if (!value.isMissingNode()) {
                map.set(key, value);
            }
        }
        return map;
    }

    /** JavaScript makes a text of whatever key there is. */
    private String key(int depth) throws IOException {
        JsonNode key = value(depth);
        require(!key.isContainerNode(), "a key is a list or a map");
        if (key instanceof BinaryNode binary) {
            return new String(binary.binaryValue(), StandardCharsets.UTF_8);
        }
        return key.isMissingNode() ? "undefined" : key.asText();
    }

    private JsonNode extension(MessageFormat format) throws IOException {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        requireLeft(header.getLength());
        return switch (format) {
            case EXT8, EXT16, EXT32 -> MessagePackExtension.sized(header, in);
            default -> MessagePackExtension.fixed(header, in);
        };
    }

    /** Each value takes a byte at least. */
    private void requireNested(long values, int depth) {
        requireLeft(values);
        require(depth <= Limits.DEPTH, "the message is nested too deeply");
    }

    private void requireLeft(long bytes) {
        require(bytes <= size - in.getTotalReadBytes(), "the message is cut short");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new MalformedClusterMessage(rule);
        }
    }
}
