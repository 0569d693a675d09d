package dev.tandem.message;

import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import java.util.function.Supplier;

/**
 * A message that Redis has.
 *
 * @param at when it was posted, ISO 8601 in UTC
 * @param isRepeat true if the id had been used before, and this is the message that used it first
 * @param whole what {@link #json} is made by, for the few who ask
 */
public record PostedMessage(RoomId room, long seq, MessageId id, String at, boolean isRepeat, Supplier<String> whole) {

    /** The whole message as clients get it. */
    public String json() {
        return whole.get();
    }
}
