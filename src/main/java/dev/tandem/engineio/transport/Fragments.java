package dev.tandem.engineio.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;

/** A message that comes in several frames (RFC 6455, 5.4). */
final class Fragments {
    private final boolean text;
    private final int most;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** A text, or binary data, of at most so many bytes. */
    Fragments(boolean text, int most) {
        this.text = text;
        this.most = most;
    }

    boolean isText() {
        return text;
    }

    /** Takes what a frame has; false if it is too much, and then it is not taken. */
    boolean add(ByteBuf part) {
        if (received.size() + part.readableBytes() > most) {
            return false;
        }
        byte[] bytes = ByteBufUtil.getBytes(part);
        received.write(bytes, 0, bytes.length);
        return true;
    }

    /** Everything so far. */
    ByteBuf joined() {
        return Unpooled.wrappedBuffer(received.toByteArray());
    }
}
