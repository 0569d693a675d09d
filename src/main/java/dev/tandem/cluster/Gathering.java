package dev.tandem.cluster;

import dev.tandem.cluster.codec.ClusterResponse;
import dev.tandem.socketio.adapter.Gathered;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What has come of the answers to one request. Touched on the pair's event loop only. */
abstract class Gathering<T> {
    private final List<T> items = new ArrayList<>();
    /** Negative until it is known. */
    private int servers = -1;

    /** So many servers, this one not counted, have been asked. */
    final void expect(int others) {
        servers = Math.max(0, others);
    }

    /** Takes the answer in; false if it is none to this request. */
    abstract boolean accept(ClusterResponse response);

    /** Servers that have answered. */
    abstract int answered();

    /** Clients that have been asked and have not answered. */
    abstract int silentClients();

    final boolean isComplete() {
        return missing() == 0;
    }

    final Gathered<T> result() {
        return new Gathered<>(items, missing(), Set.of());
    }

    final int size() {
        return items.size();
    }

    final void add(T item) {
        items.add(item);
    }

    final void addAll(List<T> more) {
        items.addAll(more);
    }

    /** One at least, as long as nobody knows how many there are. */
    private int missing() {
        int silent = servers < 0 ? 1 : Math.max(0, servers - answered());
        return silent + Math.max(0, silentClients());
    }
}
