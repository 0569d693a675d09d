package dev.tandem.limit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so much time, as {@code 10/1s}, {@code 100/5m} or {@code 500/250ms}; {@code 0} for any number. All of them may come at
 * once; they grow back evenly.
 *
 * @param capacity 0 if there is no limit
 */
@RegisterForReflection
public record Limit(int capacity, Duration period) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{0,6})(ms|s|m|h)");
    static final Limit NONE = new Limit(0, Duration.ofSeconds(1));

    public Limit {
        if (capacity < 0 || period.toMillis() < 1) {
            throw new IllegalArgumentException("a limit is at least 0 in at least a millisecond");
        }
    }

    /** Reads the setting's form; fails with {@link IllegalArgumentException}. */
    public static Limit valueOf(String text) {
        String given = text.strip();
        if (given.equals("0")) {
            return NONE;
        }
        Matcher form = FORM.matcher(given);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "A limit is written as 10/1s, 100/5m, or 0 for none, not '" + text + "'");
        }
        long units = form.group(2).isEmpty() ? 1 : Long.parseLong(form.group(2));
        return new Limit(Integer.parseInt(form.group(1)), unit(form.group(3)).multipliedBy(units));
    }

    /** Whether everything is let through. */
    boolean isOff() {
        return capacity == 0;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
    }
}
