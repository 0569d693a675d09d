package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads one MessagePack value (specification, "Formats") as what JavaScript would have in JSON: what is undefined is left out of
 * maps and null in lists, keys are texts, dates are ISO 8601. Nothing is allocated for a claimed length that the input lacks.
 */
final class MessagePackReader {
    private final ByteBuffer in;

    private MessagePackReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** Fails with {@link MalformedClusterMessage}, whatever is wrong. */
    static JsonNode read(byte[] bytes) {
        MessagePackReader reader = new MessagePackReader(bytes);
        try {
            JsonNode value = reader.value(0);
            require(!reader.in.hasRemaining(), "something follows the value");
            return value;
        } catch (BufferUnderflowException cutShort) {
            throw new MalformedClusterMessage("the message is cut short");
        }
    }

    private JsonNode value(int depth) {
        int head = u8();
        if (head < 0x80) {
            return IntNode.valueOf(head);
        } else if (head < 0x90) {
            return map(head & 0x0f, depth + 1);
        } else if (head < 0xa0) {
            return list(head & 0x0f, depth + 1);
        } else if (head < 0xc0) {
            return text(head & 0x1f);
        } else if (head >= 0xe0) {
            return IntNode.valueOf((byte) head);
        }
        return head < 0xca || head > 0xd3 && head < 0xdc ? sized(head) : numberOrNested(head, depth);
    }

    private JsonNode sized(int head) {
        return switch (head) {
            case 0xc0 -> NullNode.instance;
            case 0xc2 -> BooleanNode.FALSE;
            case 0xc3 -> BooleanNode.TRUE;
            case 0xc4 -> binary(u8());
            case 0xc5 -> binary(u16());
            case 0xc6 -> binary(u32());
            case 0xc7 -> extension(u8());
            case 0xc8 -> extension(u16());
            case 0xc9 -> extension(u32());
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> MessagePackExtension.fixed(in.get(), bytes(1 << head - 0xd4));
            case 0xd9 -> text(u8());
            case 0xda -> text(u16());
            case 0xdb -> text(u32());
            default -> throw new MalformedClusterMessage("0xc1 starts no value");
        };
    }

    private JsonNode numberOrNested(int head, int depth) {
        return switch (head) {
            case 0xca -> JavaScriptNumber.of(in.getFloat());
            case 0xcb -> JavaScriptNumber.of(in.getDouble());
            case 0xcc -> IntNode.valueOf(u8());
            case 0xcd -> IntNode.valueOf(u16());
            case 0xce -> JavaScriptNumber.of(u32());
            case 0xcf -> JavaScriptNumber.ofUnsigned(in.getLong());
            case 0xd0 -> IntNode.valueOf(in.get());
            case 0xd1 -> IntNode.valueOf(in.getShort());
            case 0xd2 -> IntNode.valueOf(in.getInt());
            case 0xd3 -> JavaScriptNumber.of(in.getLong());
            case 0xdc -> list(u16(), depth + 1);
            case 0xdd -> list(u32(), depth + 1);
            case 0xde -> map(u16(), depth + 1);
            default -> map(u32(), depth + 1);
        };
    }

    private ArrayNode list(long size, int depth) {
        checkNested(size, depth);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (long at = 0; at < size; at++) {
            JsonNode value = value(depth);
            list.add(value.isMissingNode() ? NullNode.instance : value);
        }
        return list;
    }

    private ObjectNode map(long size, int depth) {
        checkNested(2 * size, depth);
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (long at = 0; at < size; at++) {
            String key = key(depth);
            JsonNode value = value(depth);
            if (!value.isMissingNode()) {
                map.set(key, value);
            }
        }
        return map;
    }

    /** JavaScript makes a text of whatever key there is. */
    private String key(int depth) {
        JsonNode key = value(depth);
        require(!key.isContainerNode(), "a key is a list or a map");
        if (key instanceof BinaryNode binary) {
            return new String(binary.binaryValue(), StandardCharsets.UTF_8);
        }
        return key.isMissingNode() ? "undefined" : key.asText();
    }

    private TextNode text(long length) {
        return TextNode.valueOf(new String(bytes(length), StandardCharsets.UTF_8));
    }

    private BinaryNode binary(long length) {
        return BinaryNode.valueOf(bytes(length));
    }

    private JsonNode extension(long length) {
        return MessagePackExtension.sized(in.get(), bytes(length));
    }

    private byte[] bytes(long length) {
        require(length <= in.remaining(), "the message is cut short");
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    /** Each value takes a byte at least. */
    private void checkNested(long values, int depth) {
        require(values <= in.remaining(), "the message is cut short");
        require(depth <= Limits.DEPTH, "the message is nested too deeply");
    }

    private int u8() {
        return Byte.toUnsignedInt(in.get());
    }

    private int u16() {
        return Short.toUnsignedInt(in.getShort());
    }

    private long u32() {
        return Integer.toUnsignedLong(in.getInt());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new MalformedClusterMessage(rule);
        }
    }
}
