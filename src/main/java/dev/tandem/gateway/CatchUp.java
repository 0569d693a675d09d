package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads what a client missed in a room. From any thread. */
@Singleton
class CatchUp {
    /** More than this is not sent after: the client is told that its past cannot be recovered, and reads the history. */
    private static final int MOST_BYTES = 2_000_000;

    private static final int MOST_MESSAGES = 5_000;

    private final RoomLog log;

    CatchUp(RoomLog log) {
        this.log = log;
    }

    /** What the client missed, and whether that is all of it. */
    record Missed(boolean complete, List<RoomEvent.Posted> messages) {
        static final Missed UNKNOWN = new Missed(false, List.of());
    }

    /** What came after that place; not complete if the room is gone, or its past is another one. */
    Uni<Missed> after(Place place) {
        return log.find(place.room())
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(Missed.UNKNOWN) : between(place, found.get()));
    }

    /** What came after that place, up to {@code head}. */
    Uni<Missed> between(Place place, RoomHead head) {
        long expected = head.seq() - place.seq();
        if (!place.epoch().equals(head.epoch()) || expected < 0) {
            return Uni.createFrom().item(Missed.UNKNOWN);
        }
        return expected == 0
                ? Uni.createFrom().item(new Missed(true, List.of()))
                : log.range(place.room(), head.epoch(), place.seq() + 1, head.seq(), MOST_MESSAGES)
                        .map(messages -> missed(messages, expected));
    }

    private static Missed missed(List<RoomEvent.Posted> messages, long expected) {
        long bytes =
                messages.stream().mapToLong(message -> message.json().length()).sum();
        return messages.size() == expected && bytes <= MOST_BYTES ? new Missed(true, messages) : Missed.UNKNOWN;
    }
}
