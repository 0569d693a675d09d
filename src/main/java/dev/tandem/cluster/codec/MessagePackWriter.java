package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes a value as MessagePack (specification, "Formats"), byte for byte as the peers in JavaScript do: the shortest format that
 * holds it, integers as integers whatever their Java type, all other numbers as 64 bit floats. Only integers of more than 64 bits
 * are floats too, where the peers write nonsense.
 */
final class MessagePackWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MessagePackWriter() {}

    /** Fails with {@link IllegalArgumentException} if the value is nested too deeply or is none of JSON's and not binary. */
    static byte[] write(JsonNode value) {
        MessagePackWriter writer = new MessagePackWriter();
        writer.value(value, 0);
        return writer.out.toByteArray();
    }

    private void value(JsonNode value, int depth) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> out.write(0xc0);
            case BOOLEAN -> out.write(value.booleanValue() ? 0xc3 : 0xc2);
            case NUMBER -> number(JavaScriptNumber.of(value));
            case STRING -> text(value.textValue());
            case BINARY -> binary(value);
            case ARRAY -> list(value, depth + 1);
            case OBJECT -> map(value, depth + 1);
            default -> throw new IllegalArgumentException("not a value of JSON: " + value.getNodeType());
        }
    }

    private void list(JsonNode list, int depth) {
        Limits.checkWrittenDepth(depth);
        nested(list.size(), 0x90, 0xdc);
        list.forEach(item -> value(item, depth));
    }

    private void map(JsonNode map, int depth) {
        Limits.checkWrittenDepth(depth);
        nested(map.size(), 0x80, 0xde);
        map.fields().forEachRemaining(field -> {
            text(field.getKey());
            value(field.getValue(), depth);
        });
    }

    private void nested(int size, int fixed, int sixteenBits) {
        if (size < 0x10) {
            out.write(fixed | size);
        } else if (size < 0x10000) {
            put(sixteenBits, size, 2);
        } else {
            put(sixteenBits + 1, size, 4);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 0x20) {
            out.write(0xa0 | bytes.length);
        } else {
            length(bytes.length, 0xd9);
        }
        out.writeBytes(bytes);
    }

    private void binary(JsonNode value) {
        byte[] bytes = JsonText.bytes(value);
        length(bytes.length, 0xc4);
        out.writeBytes(bytes);
    }

    private void length(int length, int eightBits) {
        if (length < 0x100) {
            put(eightBits, length, 1);
        } else if (length < 0x10000) {
            put(eightBits + 1, length, 2);
        } else {
            put(eightBits + 2, length, 4);
        }
    }

    private void number(JsonNode number) {
        if (number.isNull()) {
            out.write(0xc0);
        } else if (number.canConvertToLong() && number.isIntegralNumber()) {
            integer(number.longValue());
        } else if (isUnsigned64(number)) {
            put(0xcf, number.bigIntegerValue().longValue(), 8);
        } else {
            put(0xcb, Double.doubleToLongBits(number.doubleValue()), 8);
        }
    }

    private static boolean isUnsigned64(JsonNode number) {
        BigInteger value = number.isIntegralNumber() ? number.bigIntegerValue() : BigInteger.ZERO;
        return value.signum() > 0 && value.bitLength() <= 64;
    }

    private void integer(long value) {
        if (value >= 0) {
            natural(value);
        } else if (value >= -0x20) {
            out.write((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            put(0xd0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            put(0xd1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            put(0xd2, value, 4);
        } else {
            put(0xd3, value, 8);
        }
    }

    private void natural(long value) {
        if (value < 0x80) {
            out.write((int) value);
        } else if (value < 0x100) {
            put(0xcc, value, 1);
        } else if (value < 0x10000) {
            put(0xcd, value, 2);
        } else if (value < 0x100000000L) {
            put(0xce, value, 4);
        } else {
            put(0xcf, value, 8);
        }
    }

    /** A format's first byte, and as many of the value's bytes as it has. */
    private void put(int head, long value, int bytes) {
        out.write(head);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
