package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePacker;

/**
 * Writes a value as MessagePack, byte for byte as the peers in JavaScript do: the shortest format that holds it, which the library
 * takes by itself, integers as integers whatever their Java type, all other numbers as 64 bit floats. Only integers of more than
 * 64 bits are floats too, where the peers write nonsense.
 */
final class MessagePackWriter {
    private final MessagePacker out;

    private MessagePackWriter(MessagePacker out) {
        this.out = out;
    }

    /** Fails with {@link IllegalArgumentException} if the value is nested too deeply or is none of JSON's and not binary. */
    static byte[] write(JsonNode value) {
        try (MessageBufferPacker out = MessagePackFactory.packer()) {
            new MessagePackWriter(out).value(value, 0);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void value(JsonNode value, int depth) throws IOException {
        switch (value.getNodeType()) {
            case NULL, MISSING -> out.packNil();
            case BOOLEAN -> out.packBoolean(value.booleanValue());
            case NUMBER -> number(JavaScriptNumber.of(value));
            case STRING -> out.packString(value.textValue());
            case BINARY -> binary(value.binaryValue());
            case ARRAY -> list(value, depth + 1);
            case OBJECT -> map(value, depth + 1);
            default -> throw new IllegalArgumentException("not a value of JSON: " + value.getNodeType());
        }
    }

    private void list(JsonNode list, int depth) throws IOException {
        Limits.checkWrittenDepth(depth);
        out.packArrayHeader(list.size());
        for (JsonNode item : list) {
            value(item, depth);
        }
    }

    private void map(JsonNode map, int depth) throws IOException {
        Limits.checkWrittenDepth(depth);
        out.packMapHeader(map.size());
        for (Map.Entry<String, JsonNode> field : map.properties()) {
            out.packString(field.getKey());
            value(field.getValue(), depth);
        }
    }

    private void binary(byte[] bytes) throws IOException {
        out.packBinaryHeader(bytes.length).addPayload(bytes);
    }

    private void number(JsonNode number) throws IOException {
        if (number.isNull()) {
            out.packNil();
        } else if (isInteger64(number)) {
            out.packBigInteger(number.bigIntegerValue());
        } else {
            out.packDouble(number.doubleValue());
        }
    }

    private static boolean isInteger64(JsonNode number) {
        if (!number.isIntegralNumber()) {
            return false;
        }
        BigInteger value = number.bigIntegerValue();
        return value.bitLength() <= (value.signum() < 0 ? 63 : 64);
    }
}
