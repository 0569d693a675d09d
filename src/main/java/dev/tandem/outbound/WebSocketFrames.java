package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Frames as a server writes them on a WebSocket: whole, unmasked, not compressed (RFC 6455, 5.2). */
final class WebSocketFrames {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int FIN_CLOSE = 0x88;
    private static final int FIN_PONG = 0x8A;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MOST_IN_16_BITS = 0xFFFF;
    private static final int LONGEST_HEADER = 10;
    /** A frame that is not data has no more, and two of them are the close code. */
    private static final int LONGEST_REASON = 123;

    private WebSocketFrames() {}

    /** One direct buffer with all frames of the burst. */
    static ByteBuf encode(Burst burst, ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(burst.bytes() + burst.size() * LONGEST_HEADER);
        burst.frames().forEach(frame -> encode(frame, out));
        return out;
    }

    /** One direct buffer with that frame. */
    static ByteBuf encode(Frame.Single frame, ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(frame.bytes() + LONGEST_HEADER);
        encode(frame, out);
        return out;
    }

    /** A close frame (5.5.1); a reason that is too long is left out. */
    static ByteBuf close(int code, String reason, ByteBufAllocator allocator) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int length = utf8.length > LONGEST_REASON ? 0 : utf8.length;
        ByteBuf out = allocator.directBuffer(Short.BYTES + length + LONGEST_HEADER);
        header(FIN_CLOSE, Short.BYTES + length, out);
        return out.writeShort(code).writeBytes(utf8, 0, length);
    }

    /** The answer to a ping (5.5.3). */
    static ByteBuf pong(ByteBuf data, ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(data.readableBytes() + LONGEST_HEADER);
        header(FIN_PONG, data.readableBytes(), out);
        return out.writeBytes(data, data.readerIndex(), data.readableBytes());
    }

    private static void encode(Frame.Single frame, ByteBuf out) {
        if (frame instanceof Frame.Text text) {
            encode(FIN_TEXT, text.utf8(), out);
        } else {
            encode(FIN_BINARY, ((Frame.Binary) frame).data(), out);
        }
    }

    private static void encode(int first, byte[] payload, ByteBuf out) {
        header(first, payload.length, out);
        out.writeBytes(payload);
    }

    private static void header(int first, int length, ByteBuf out) {
        out.writeByte(first);
        if (length < LENGTH_IN_16_BITS) {
            out.writeByte(length);
        } else if (length <= MOST_IN_16_BITS) {
            out.writeByte(LENGTH_IN_16_BITS).writeShort(length);
        } else {
            out.writeByte(LENGTH_IN_64_BITS).writeLong(length);
        }
    }
}
