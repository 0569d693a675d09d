package dev.tandem.gateway;

import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Recipient;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection that watches the public rooms. Until it has been given the list, what becomes of them is kept, so that nothing comes
 * before the list, and nothing between the two is missed. Touched on the pair's event loop only.
 */
final class Watcher implements Recipient {
    /** More than this is not kept; the client is then told to list the rooms anew. */
    private static final int MOST_HELD = 1_000;

    private final Client client;
    private final Uni<Void> heard;
    /** What happened before the client has the list; null once it does. */
    private List<ServerFrame.Event> held = new ArrayList<>(0);

    Watcher(Client client, Uni<Void> heard) {
        this.client = client;
        this.heard = heard;
    }

    Client client() {
        return client;
    }

    /** Completes when the node hears what becomes of the public rooms. */
    Uni<Void> heard() {
        return heard;
    }

    @Override
    public Outbound outbound() {
        return client.connection().outbound();
    }

    @Override
    public boolean isOpen() {
        return client.connection().isOpen();
    }

    void hold(ServerFrame.Event event) {
        if (held.size() < MOST_HELD) {
            held.add(event);
        } else {
            held.clear();
            held.add(ServerFrame.relist());
        }
    }

    /** The client has the list: it is told what has happened since. */
    void begin() {
        List<ServerFrame.Event> kept = held;
        held = null;
        kept.forEach(event -> client.send(client.door().encode(event)));
    }
}
