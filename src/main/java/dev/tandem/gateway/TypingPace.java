package dev.tandem.gateway;

import dev.tandem.id.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What one connection last told each of its rooms of its typing. Touched by its commands, one after another. */
final class TypingPace {
    private static final long LEAST_NANOS = 1_000_000_000L;

    private final Map<RoomId, Told> last = new HashMap<>(1);

    private record Told(boolean on, long time) {}

    /** Whether the room need not be told: it was told the same less than a second before {@code now} (nanoseconds). */
    boolean isKnown(RoomId room, boolean on, long now) {
        Told told = last.get(room);
        return told != null && told.on() == on && now - told.time() < LEAST_NANOS;
    }

    /** The room has been told; nothing is kept of others than {@code rooms}, those that the connection is in. */
    void told(RoomId room, boolean on, long now, Set<RoomId> rooms) {
        last.put(room, new Told(on, now));
        last.keySet().retainAll(rooms);
    }
}
