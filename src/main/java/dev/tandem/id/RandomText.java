package dev.tandem.id;

import java.security.SecureRandom;

/** Unguessable text for ids and secrets: lower-case letters and digits, a little over 5 bits each. */
public final class RandomText {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LETTERS = 26;
    private static final int BYTES = 256;
    /** One byte in sixty-four is passed over. */
    private static final int SPARE = 2;

    /** Initialized at run time in a native image (application.properties): in its heap the seed would be the same everywhere. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    private RandomText() {}

    /** {@code length} random characters, of which the first is a letter. */
    public static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        byte[] random = new byte[length + SPARE];
        while (text.length() < length) {
            Source.RANDOM.nextBytes(random);
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
