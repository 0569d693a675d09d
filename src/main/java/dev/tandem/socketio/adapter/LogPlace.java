package dev.tandem.socketio.adapter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log of a namespace: that of its entry of that number, 1, 2, 3 ...; 0 is before the first. A log whose past was lost
 * goes on in another epoch. Its text goes with the entry to the clients, as the last argument, and comes back from one that lost its
 * connection.
 */
public record LogPlace(String epoch, long number) {
    /** What has no place in the log. */
    public static final LogPlace NONE = new LogPlace("", 0);

    private static final Pattern FORM = Pattern.compile("([a-z0-9]{1,20}):(\\d{1,15})");

    public String text() {
        return epoch + ":" + number;
    }

    /** Empty if the text names no place. */
    public static Optional<LogPlace> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new LogPlace(form.group(1), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    /** The place with that number in the same epoch. */
    public LogPlace at(long other) {
        return new LogPlace(epoch, other);
    }

    public boolean isOfEpochOf(LogPlace other) {
        return epoch.equals(other.epoch);
    }

    /** Whether who stands at {@code other} has had this already. */
    public boolean isUpTo(LogPlace other) {
        return isOfEpochOf(other) && number <= other.number;
    }

    /** Whether this comes right after {@code other}. */
    public boolean follows(LogPlace other) {
        return isOfEpochOf(other) && number == other.number + 1;
    }
}
