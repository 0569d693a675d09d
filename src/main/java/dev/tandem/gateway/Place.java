package dev.tandem.gateway;

import dev.tandem.id.InvalidId;
import dev.tandem.id.RoomId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client stands: after that message of that room's past. Its text goes with the event, and comes back from a client that lost
 * its connection.
 */
public record Place(RoomId room, String epoch, long seq) {
    /** A client that has been welcomed, and has seen nothing of any room. */
    public static final Place START = new Place(null, "", 0);

    private static final String START_TEXT = "0";
    private static final Pattern FORM = Pattern.compile("([a-z0-9]{1,40}):(\\d{1,18}):(.{1,200})");

    /** The text that names it. */
    public String text() {
        return room == null ? START_TEXT : epoch + ":" + seq + ":" + room;
    }

    /** Empty if the text names no place. */
    public static Optional<Place> of(String text) {
        if (text.equals(START_TEXT)) {
            return Optional.of(START);
        }
        Matcher form = FORM.matcher(text);
        try {
            return form.matches()
                    ? Optional.of(new Place(new RoomId(form.group(3)), form.group(1), Long.parseLong(form.group(2))))
                    : Optional.empty();
        } catch (InvalidId noRoom) {
            return Optional.empty();
        }
    }
}
