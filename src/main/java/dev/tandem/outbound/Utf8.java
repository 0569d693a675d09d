package dev.tandem.outbound;

import io.netty.buffer.ByteBufUtil;

/** How long texts are on the wire. */
public final class Utf8 {
    private static final int MOST_PER_CHAR = 3;

    private Utf8() {}

    static int length(String text) {
        return ByteBufUtil.utf8Bytes(text);
    }

    /** True if the text has more than {@code most} bytes; counts only where the number of characters does not say it. */
    public static boolean isLonger(String text, long most) {
        return text.length() > most || (long) text.length() * MOST_PER_CHAR > most && length(text) > most;
    }
}
