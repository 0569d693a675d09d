package dev.tandem.id;

import java.security.SecureRandom;
import java.util.Arrays;

/** Unguessable text for ids and secrets: lower-case letters and digits, a little over 5 bits each. */
public final class RandomText {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LETTERS = 26;
    private static final int MOST = 1_000;
    private static final int BYTES = 256;
    /** One byte in sixty-four is passed over. */
    private static final int SPARE = 2;

    /**
     * Takes many bytes at a time: to ask for a few costs as much as for all of them. What has been given away is not kept.
     *
     * <p>Initialized at run time in a native image (application.properties): in its heap the seed would be the same everywhere.
     */
    private static final class Source {
        private static final SecureRandom RANDOM = new SecureRandom();
        private static final byte[] AHEAD = new byte[1_024];
        private static int given = AHEAD.length;

        static synchronized byte[] next(int length) {
            if (length > AHEAD.length - given) {
                RANDOM.nextBytes(AHEAD);
                given = 0;
            }
            byte[] next = Arrays.copyOfRange(AHEAD, given, given + length);
            Arrays.fill(AHEAD, given, given + length, (byte) 0);
            given += length;
            return next;
        }
    }

    private RandomText() {}

    /** {@code length} random characters, at most 1,000, of which the first is a letter. */
    public static String letters(int length) {
        if (length > MOST) {
            throw new IllegalArgumentException("length must be at most " + MOST);
        }
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            byte[] random = Source.next(length - text.length() + SPARE);
            for (int i = 0; i < random.length && text.length() < length; i++) {
                append(random[i] & 0xFF, text.length() == 0 ? LETTERS : ALPHABET.length(), text);
            }
        }
        return text.toString();
    }

    /** A byte that would make some characters likelier than others is passed over. */
    private static void append(int random, int choices, StringBuilder text) {
        if (random < BYTES - BYTES % choices) {
            text.append(ALPHABET.charAt(random % choices));
        }
    }
}
