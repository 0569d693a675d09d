package dev.tandem.message;

import java.util.List;

/**
 * What was changed of messages after some change.
 *
 * @param last number of the room's last change
 * @param isComplete false if there is more than this, or the room's past is another one: then the history says what is so now
 * @param messages as clients get them, in the order of their last changes; of removed ones the tombstones
 */
public record Changes(long last, boolean isComplete, List<String> messages) {

    /** Whether that is the tombstone of a message: all others have a text, in which quotes are escaped. */
    public static boolean isTombstone(String message) {
        return !message.contains("\"text\":");
    }
}
