package dev.tandem.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Unguessable text for ids and secrets: lower-case letters and digits, a little over 5 bits each.
 *
 * <p>Ten of them are made of 63 random bits, as the source is asked for 20 bytes in the same time as for one. They could say 2,522 times as
 * much, and a bit, by which some texts are likelier than others: by a two-thousandth.
 */
public final class RandomText {
    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final int LETTERS = 26;
    private static final int LETTERS_AND_DIGITS = 36;
    private static final int OF_EACH = 10;

    /** Initialized at run time in a native image (application.properties): in its heap the seed would be the same everywhere. */
    private static final class Source {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    private RandomText() {}

    /** {@code length} random characters, of which the first is a letter. */
    public static String letters(int length) {
        byte[] bits = new byte[Long.BYTES * ((length + OF_EACH - 1) / OF_EACH)];
        Source.RANDOM.nextBytes(bits);
        ByteBuffer random = ByteBuffer.wrap(bits);
        byte[] text = new byte[length];
        for (int begin = 0; begin < length; begin += OF_EACH) {
            write(random.getLong() >>> 1, text, begin);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void write(long random, byte[] text, int begin) {
        long left = random;
        int at = begin;
        if (at == 0) {
            text[at++] = ALPHABET[(int) (left % LETTERS)];
            left /= LETTERS;
        }
        int end = Math.min(begin + OF_EACH, text.length);
        while (at < end) {
            text[at++] = ALPHABET[(int) (left % LETTERS_AND_DIGITS)];
            left /= LETTERS_AND_DIGITS;
        }
    }
}
