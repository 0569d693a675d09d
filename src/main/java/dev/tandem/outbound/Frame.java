package dev.tandem.outbound;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is sent as a whole, encoded; shared by all connections that it goes to. */
public sealed interface Frame {

    /** The size on the wire, without the transport's own framing. */
    int bytes();

    static Frame of(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code data} must not be changed any more. */
    static Frame of(byte[] data) {
        return new Binary(data);
    }

    /** Frames between which nothing else may come. */
    static Frame sequence(List<Frame> parts) {
        return new Sequence(
                List.copyOf(parts), parts.stream().mapToInt(Frame::bytes).sum());
    }

    /** What a wire takes: one frame of one kind. */
    sealed interface Single extends Frame {}

    /** One text frame, as it is on the wire: it is written far more often than it is read here. */
    record Text(byte[] utf8) implements Single {
        @Override
        public int bytes() {
            return utf8.length;
        }

        public String text() {
            return new String(utf8, StandardCharsets.UTF_8);
        }
    }

    /** One binary frame. */
    record Binary(byte[] data) implements Single {
        @Override
        public int bytes() {
            return data.length;
        }
    }

    /** Text and binary frames, in that order. */
    record Sequence(List<Frame> parts, int bytes) implements Frame {}
}
