package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as JavaScript writes them into JSON: ISO 8601 with milliseconds, in UTC; null for what is beyond its calendar. */
final class JavaScriptDate {
    private static final double LAST_MILLIS = 8.64e15;
    private static final DateTimeFormatter AFTER_YEAR =
            DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    private JavaScriptDate() {}

    static JsonNode of(long seconds, long nanos) {
        return of(seconds * 1e3 + nanos / 1e6);
    }

    static JsonNode of(double millis) {
        if (Math.abs(millis) > LAST_MILLIS) {
            return NullNode.instance;
        }
        OffsetDateTime time = Instant.ofEpochMilli((long) millis).atOffset(ZoneOffset.UTC);
        return TextNode.valueOf(year(time.getYear()) + AFTER_YEAR.format(time));
    }

    private static String year(int year) {
        return String.format(Locale.ROOT, year >= 0 && year <= 9999 ? "%04d" : "%+07d", year);
    }
}
