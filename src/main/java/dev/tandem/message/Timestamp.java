package dev.tandem.message;

import java.time.Instant;

/**
 * When something was said: ISO 8601 in UTC, to the millisecond, as {@link Instant#toString} has it. What is the same for a whole second
 * is made once. From any thread.
 */
final class Timestamp {
    private static final int MILLIS = 1000;

    /** The last second that was asked for, and its text without the zone. */
    private record Second(long second, String text) {
        static Second of(long second) {
            String text = Instant.ofEpochSecond(second).toString();
            return new Second(second, text.substring(0, text.length() - 1));
        }
    }

    private static volatile Second last = Second.of(0);

    private Timestamp() {}

    static String now() {
        return of(System.currentTimeMillis());
    }

    static String of(long epochMillis) {
        long second = Math.floorDiv(epochMillis, MILLIS);
        Second known = last;
        if (known.second() != second) {
            known = Second.of(second);
            last = known;
        }
        return known.text() + fraction(Math.floorMod(epochMillis, MILLIS));
    }

    private static String fraction(int millis) {
        return millis == 0 ? "Z" : "." + Integer.toString(MILLIS + millis).substring(1) + "Z";
    }
}
