package dev.tandem.cluster;

import dev.tandem.error.Unattended;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastOptions;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.Set;

/**
 * What is missing in the log of a namespace: whom servers and emitters broadcast to that do not know it. Each node that hears such a
 * broadcast notes it in Redis, for those who are away; one note is on its way at a time, and those that wait are one. Touched on the
 * pair's event loop only.
 */
final class Holes {
    /** Past that, what waits is for everybody. */
    private static final int MOST = 100;

    private final LogStore store;
    private final LogKeys keys;
    private Set<String> waiting = new HashSet<>();
    private boolean writing;

    Holes(LogStore store, LogKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** This node has heard a broadcast for these. */
    void add(BroadcastOptions target) {
        waiting.add(LogTarget.of(target));
        bound();
        if (!writing) {
            write();
        }
    }

    /** Whether one that is away may have missed something of it; whatever was heard before is noted first. Fails as Redis does. */
    Uni<Boolean> concern(Absence absence) {
        if (!waiting.isEmpty()) {
            write();
        }
        return store.holes(keys)
                .map(holes -> holes.entrySet().stream()
                        .anyMatch(hole -> absence.mayMiss(LogTarget.read(hole.getKey()), hole.getValue())));
    }

    private void write() {
        Set<String> targets = waiting;
        waiting = new HashSet<>();
        writing = true;
        Uni<Void> written = store.addHoles(keys, targets)
                .invoke(this::onWritten)
                .onFailure()
                .invoke(failure -> onFailed(targets));
        Unattended.run("note a broadcast that is in no log", written);
    }

    private void onWritten() {
        writing = false;
        if (!waiting.isEmpty()) {
            write();
        }
    }

    /** They are noted with the next one. */
    private void onFailed(Set<String> targets) {
        writing = false;
        waiting.addAll(targets);
        bound();
    }

    private void bound() {
        if (waiting.size() > MOST) {
            waiting.clear();
            waiting.add(LogTarget.EVERYBODY);
        }
    }
}
