package dev.tandem.relay;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what {@link BatchReader} reads. */
final class BatchWriter {
    private final Buffer out = Buffer.buffer();

    Buffer written() {
        return out;
    }

    BatchWriter one(int value) {
        out.appendByte((byte) value);
        return this;
    }

    BatchWriter fixed(long value) {
        out.appendLong(value);
        return this;
    }

    BatchWriter number(long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.appendByte((byte) (rest | 0x80));
            rest >>>= 7;
        }
        return one((int) rest);
    }

    BatchWriter numbers(List<Long> values) {
        number(values.size());
        values.forEach(this::number);
        return this;
    }

    BatchWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.appendBytes(bytes);
        return this;
    }

    BatchWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    BatchWriter oneOf(Enum<?> value) {
        return one(value.ordinal());
    }
}
