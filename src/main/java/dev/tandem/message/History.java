package dev.tandem.message;

import dev.tandem.event.RoomEvent;
import java.util.List;

/** A part of a room's history: messages ascending by number, and where the room stood when they were read. */
public record History(List<RoomEvent.Posted> messages, long seq, String epoch) {

    /** The messages as clients get them. */
    public List<String> items() {
        return messages.stream().map(RoomEvent.Posted::json).toList();
    }
}
