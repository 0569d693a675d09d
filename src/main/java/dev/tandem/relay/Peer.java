package dev.tandem.relay;

import dev.tandem.engineio.SessionRegistry;
import dev.tandem.outbound.Outbounds;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Another node: the link with it, what came in here for it, and what came in there for this node. On the pair's event loop. */
final class Peer implements Link.Listener {
    private final Link link;
    private final EntryEnd entry;
    private final OwnerEnd owner;
    private final BiConsumer<Peer, BreakReason> onBroken;

    Peer(
            Function<Buffer, Uni<Void>> publish,
            Executor nextTurn,
            Outbounds outbounds,
            SessionRegistry sessions,
            BiConsumer<Peer, BreakReason> onBroken) {
        this.link = new Link(publish, nextTurn, Peer::name, System::nanoTime, this);
        this.entry = new EntryEnd(link, outbounds);
        this.owner = new OwnerEnd(link, sessions);
        this.onBroken = onBroken;
    }

    Link link() {
        return link;
    }

    EntryEnd entry() {
        return entry;
    }

    @Override
    public void onMessage(RelayMessage message) {
        if (message instanceof RelayMessage.ToOwner toOwner) {
            owner.on(toOwner);
        } else if (message instanceof RelayMessage.ToEntry toEntry) {
            entry.on(toEntry);
        }
    }

    @Override
    public void onBroken(BreakReason reason) {
        onBroken.accept(this, reason);
        entry.breakOff();
        owner.breakOff();
    }

    @Override
    public void onNodeGone() {
        onBroken(BreakReason.NODE_GONE);
    }

    /** Other than every name before, in this process or in one that had the same node's name. */
    private static long name() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }
}
