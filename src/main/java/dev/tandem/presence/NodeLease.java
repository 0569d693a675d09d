package dev.tandem.presence;

import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import dev.tandem.id.RoomId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this node's people are present under. The lease's name is the node's with a random end: a node that starts again, or
 * starts over, is another holder, so that cleaning up after the old one can never touch the new one. From any thread.
 */
@Singleton
class NodeLease {
    private final NodeId node;
    private final PresenceRepository repository;
    private final Duration length;

    /** One name, whether Redis knows it, and the rooms that Redis knows it has people in. */
    private static final class Holding {
        final String name;
        final Set<RoomId> rooms = ConcurrentHashMap.newKeySet();
        volatile boolean known;

        Holding(String name) {
            this.name = name;
        }
    }

    private volatile Holding current;
    private volatile boolean doubtful;

    NodeLease(NodeId node, PresenceRepository repository, PresenceConfig config) {
        this.node = node;
        this.repository = repository;
        this.length = config.lease();
        this.current = fresh();
    }

    Duration length() {
        return length;
    }

    String name() {
        return current.name;
    }

    /** The lease's name, once Redis knows the lease and that it has people in that room. */
    Uni<String> cover(RoomId room) {
        Holding held = current;
        if (held.rooms.contains(room)) {
            return Uni.createFrom().item(held.name);
        }
        return known(held)
                .chain(() -> repository.noteRoom(held.name, room))
                .invoke(() -> held.rooms.add(room))
                .replaceWith(held.name);
    }

    /** Something under this lease may not be as this node believes: it has to be given up. */
    void doubt() {
        doubtful = true;
    }

    /** Completes with false if the lease cannot be relied on any more and the node must start over. */
    Uni<Boolean> renew() {
        Holding held = current;
        if (doubtful) {
            return Uni.createFrom().item(false);
        }
        return repository.renew(held.name, length, !held.known).invoke(holds -> held.known |= holds);
    }

    /** Takes a new lease; completes with the name of the old one, which is no longer renewed and so ends by itself. */
    Uni<String> replace() {
        String old = current.name;
        Holding next = fresh();
        return known(next)
                .invoke(() -> {
                    doubtful = false;
                    current = next;
                })
                .replaceWith(old);
    }

    private Uni<Void> known(Holding held) {
        return held.known
                ? Uni.createFrom().voidItem()
                : repository
                        .renew(held.name, length, true)
                        .invoke(() -> held.known = true)
                        .replaceWithVoid();
    }

    private Holding fresh() {
        return new Holding(node + "." + RandomText.letters(6));
    }
}
