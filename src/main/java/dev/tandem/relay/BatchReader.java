package dev.tandem.relay;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Reads on from where it stands; fails with {@link MalformedBatch}, and takes no more memory than what it reads from. */
final class BatchReader {
    private final Buffer in;
    private int at;

    BatchReader(Buffer in) {
        this.in = in;
    }

    boolean isAtEnd() {
        return at >= in.length();
    }

    byte next() {
        need(1);
        return in.getByte(at++);
    }

    long fixed() {
        need(Long.BYTES);
        at += Long.BYTES;
        return in.getLong(at - Long.BYTES);
    }

    /** A number from 0, seven bits a byte, the lowest first. */
    long number() {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte part = next();
            number |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new MalformedBatch("number too long");
    }

    int smallNumber() {
        long number = number();
        if (number > Integer.MAX_VALUE) {
            throw new MalformedBatch("number too large");
        }
        return (int) number;
    }

    List<Long> numbers() {
        int count = smallNumber();
        need(count);
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(number());
        }
        return numbers;
    }

    byte[] bytes() {
        int length = length();
        return in.getBytes(at - length, at);
    }

    Buffer buffer() {
        return Buffer.buffer(bytes());
    }

    String text() {
        int length = length();
        return in.getString(at - length, at);
    }

    <E extends Enum<E>> E oneOf(E[] values) {
        int ordinal = next();
        if (ordinal < 0 || ordinal >= values.length) {
            throw new MalformedBatch("no such name");
        }
        return values[ordinal];
    }

    private int length() {
        int length = smallNumber();
        need(length);
        at += length;
        return length;
    }

    private void need(int bytes) {
        if (bytes > in.length() - at) {
            throw new MalformedBatch("too short");
        }
    }
}
