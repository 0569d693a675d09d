package dev.tandem.event;

import dev.tandem.id.RoomId;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the public rooms that are worth it. Called on the pair's event loop; rooms come in batches, the next one when the last one is
 * done. A batch that fails comes again, together with what has come meanwhile.
 */
public interface LobbyListener {

    /**
     * What is known of a room without having looked at it.
     *
     * @param appeared it is in the list since a moment ago
     * @param wasListed it was in the list a moment ago, or is
     */
    record Change(boolean appeared, boolean wasListed) {
        Change and(Change other) {
            return new Change(appeared || other.appeared, wasListed || other.wasListed);
        }
    }

    /** These rooms may be in the list or not, and look otherwise than before. */
    Uni<Void> onRooms(Map<RoomId, Change> rooms);

    /** The numbers of these rooms' members, which may be in the list or not, may be other ones. */
    Uni<Void> onCounts(Set<RoomId> rooms);

    /** What became of rooms was not heard for a while, or there was too much of it. */
    void onMissed();
}
