package dev.tandem.id;

import java.security.SecureRandom;

/** Unguessable text for ids and secrets: lower-case letters and digits, a little over 5 bits each. */
public final class RandomText {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** Initialized at run time in a native image (application.properties): in its heap the seed would be the same everywhere. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    private RandomText() {}

    /** {@code length} random characters, of which the first is a letter. */
    public static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        text.append(ALPHABET.charAt(Source.RANDOM.nextInt(26)));
        while (text.length() < length) {
            text.append(ALPHABET.charAt(Source.RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
