package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Frames as a server writes them on a WebSocket: whole, unmasked, not compressed (RFC 6455, 5.2). */
final class WebSocketFrames {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MOST_IN_16_BITS = 0xFFFF;
    private static final int LONGEST_HEADER = 10;

    private WebSocketFrames() {}

    /** One direct buffer with all frames of the burst. */
    static ByteBuf encode(Burst burst, ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(burst.bytes() + burst.size() * LONGEST_HEADER);
        burst.frames().forEach(frame -> encode(frame, out));
        return out;
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
