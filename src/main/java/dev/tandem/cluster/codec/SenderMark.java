package dev.tandem.cluster.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the messages of one sender begin, as this node writes them: what it says comes back to it, and need not be read.
 *
 * <p>A broadcast is a list of three (0x93), of which the first is the uid, a short text (0xa0 and its length). A request has the
 * uid as its first field, be it JSON or MessagePack, where its map begins with one byte (0x80 and its size).
 */
public final class SenderMark {
    private static final int LIST_OF_THREE = 0x93;
    private static final int SHORT_TEXT = 0xa0;
    private static final int LONGEST = 31;

    private final byte[] broadcast;
    private final byte[] json;
    private final byte[] field;

    /** {@code uid} has at most 31 letters and digits. */
    public SenderMark(String uid) {
        if (uid.length() > LONGEST) {
            throw new IllegalArgumentException("the uid is too long: " + uid);
        }
        String text = (char) (SHORT_TEXT | uid.length()) + uid;
        broadcast = bytes((char) LIST_OF_THREE + text);
        json = bytes("{\"uid\":\"" + uid + "\"");
        field = bytes((char) (SHORT_TEXT | 3) + "uid" + text);
    }

    /** Whether that broadcast is of this sender. */
    public boolean isOnBroadcast(byte[] message) {
        return isAt(message, 0, broadcast);
    }

    /** Whether that request is of this sender. */
    public boolean isOnRequest(byte[] message) {
        return isAt(message, 0, json) || isAt(message, 1, field);
    }

    private static boolean isAt(byte[] message, int from, byte[] mark) {
        return message.length >= from + mark.length
                && Arrays.equals(message, from, from + mark.length, mark, 0, mark.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
