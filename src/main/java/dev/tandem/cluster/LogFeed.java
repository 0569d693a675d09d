package dev.tandem.cluster;

import dev.tandem.cluster.LogStore.Page;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Passes the log of a namespace on to the sockets of this node, in its order and without holes: as it is heard, and where a number is
 * not the next one, or the subscription was lost for a while, as it is read; what comes in meanwhile is held. What the log does not
 * have any more, or would have had when Redis lost it, is a gap to every socket. Touched on the pair's event loop only, but for {@link
 * #reached}.
 */
final class LogFeed {
    private static final Logger LOG = Logger.getLogger(LogFeed.class);
    private static final int MOST_HELD = 1_000;
    private static final int MOST_HELD_BYTES = 16_000_000;
    private static final long RETRY_MILLIS = 1_000;

    private final LogStore store;
    private final LogKeys keys;
    private final LocalAdapter local;
    private final ClusterMeters meters;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Deque<LogEntry> held = new ArrayDeque<>();
    private int heldBytes;
    private volatile LogPlace reached = LogPlace.NONE;
    private boolean checking;
    private boolean checkAgain;
    private boolean closed;

    LogFeed(LogStore store, LogKeys keys, LocalAdapter local, ClusterMeters meters) {
        this.store = store;
        this.keys = keys;
        this.local = local;
        this.meters = meters;
    }

    /** Up to where everything was passed on; {@link LogPlace#NONE} while that is not known. From any thread. */
    LogPlace reached() {
        return reached;
    }

    /** The channels are heard from now on. Completes, never fails, when it is known where the log stands; retried until then. */
    Uni<Void> open() {
        store.loop().execute(this::check);
        return Uni.createFrom().completionStage(opened);
    }

    void close() {
        store.loop().execute(() -> closed = true);
    }

    void onHeard(LogEntry entry) {
        if (checking) {
            hold(entry);
        } else if (entry.place().follows(reached)) {
            pass(entry);
        } else if (!entry.place().isUpTo(reached)) {
            hold(entry);
            check();
        }
    }

    /** Asks Redis where the log stands, and reads what this node has not passed on yet. */
    void check() {
        if (checking) {
            checkAgain = true;
        } else {
            checking = true;
            checkNow();
        }
    }

    private void checkNow() {
        if (!closed) {
            store.head(keys, reached).subscribe().with(this::onHead, this::onFailure);
        }
    }

    private void onHead(LogPlace head) {
        if (reached.equals(LogPlace.NONE)) {
            reached = head;
            opened.complete(null);
        } else if (!head.isOfEpochOf(reached)) {
            onGap();
            reached = head.at(0);
        }
        if (head.isUpTo(reached)) {
            drain();
        } else {
            store.read(keys, reached)
                    .subscribe()
                    .with(page -> page.ifPresentOrElse(this::onPage, this::checkNow), this::onFailure);
        }
    }

    private void onPage(Page page) {
        if (!page.end().isOfEpochOf(reached)) {
            checkNow();
            return;
        }
        page.entries().forEach(this::passAfterGap);
        meters.repaired(page.entries().size());
        if (page.entries().isEmpty() && !page.end().isUpTo(reached)) {
            onGap();
            reached = page.end();
        }
        onHead(page.end());
    }

    private void passAfterGap(LogEntry entry) {
        if (!entry.place().follows(reached)) {
            onGap();
        }
        pass(entry);
    }

    /** What was held comes next, unless there is something in between. */
    private void drain() {
        while (!held.isEmpty() && !isAhead(held.peek().place())) {
            LogEntry entry = held.poll();
            heldBytes -= entry.bytes();
            if (entry.place().follows(reached)) {
                pass(entry);
            }
            checkAgain |= !entry.place().isOfEpochOf(reached); // of an epoch that is over, or is to be found yet
        }
        checking = checkAgain || !held.isEmpty();
        checkAgain = false;
        if (checking) {
            checkNow();
        }
    }

    private boolean isAhead(LogPlace place) {
        return place.isOfEpochOf(reached) && place.number() > reached.number() + 1;
    }

    /** Redis is away, and the sockets wait. */
    private void onFailure(Throwable failure) {
        LOG.debugf("The log was not read: namespace=%s reason=\"%s\"", keys.namespace(), failure.getMessage());
        store.vertx().setTimer(RETRY_MILLIS, timer -> store.loop().execute(this::checkNow));
    }

    /** What cannot be held is read. */
    private void hold(LogEntry entry) {
        if (held.size() < MOST_HELD && heldBytes + entry.bytes() <= MOST_HELD_BYTES) {
            held.add(entry);
            heldBytes += entry.bytes();
        } else {
            checkAgain = true;
        }
    }

    private void pass(LogEntry entry) {
        try {
            local.broadcast(entry.packet(), entry.options(), entry.place());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "A broadcast was not passed on: namespace=%s", keys.namespace()); // the next ones are
        }
        reached = entry.place();
    }

    private void onGap() {
        meters.lost();
        local.onGap();
    }
}
