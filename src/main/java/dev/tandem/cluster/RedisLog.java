package dev.tandem.cluster;

import dev.tandem.cluster.LogStore.Page;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.adapter.NotRecovered;
import dev.tandem.socketio.adapter.NotRecovered.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log of one namespace in Redis: what is broadcast goes through it to the sockets of every node, this one included, by {@link
 * LogFeed}; and it is read for who was away.
 */
final class RedisLog implements BroadcastLog {
    private static final int MOST_BYTES = 2_000_000;
    private static final long KEEP_EVERY = Duration.ofMinutes(1).toNanos();

    private final LogStore store;
    private final LogKeys keys;
    private final LogFeed feed;
    private final Holes holes;
    private final ClusterMeters meters;
    private final AtomicLong kept = new AtomicLong(System.nanoTime() - KEEP_EVERY);

    RedisLog(LogStore store, LogKeys keys, LogFeed feed, ClusterMeters meters) {
        this.store = store;
        this.keys = keys;
        this.feed = feed;
        this.holes = new Holes(store, keys);
        this.meters = meters;
    }

    LogFeed feed() {
        return feed;
    }

    /** Gives it to everybody. Completes when Redis has it; else fails as Redis does, or if it cannot be encoded. */
    Uni<Void> append(String channel, Broadcast message) {
        return ClusterBus.begun(Uni.createFrom()
                .deferred(() -> store.append(keys, feed.reached(), channel, message))
                .onFailure()
                .invoke(meters::unpublished));
    }

    /** Somebody broadcast past the log. On the pair's event loop. */
    void onHole(BroadcastOptions target) {
        meters.hole();
        holes.add(target);
    }

    @Override
    public Optional<LogPlace> reached() {
        return Optional.of(feed.reached()).filter(place -> !place.equals(LogPlace.NONE));
    }

    @Override
    public Uni<Missed> missed(Absence absence) {
        return onLoop().chain(() -> new Search(absence).go()).chain(missed -> unlessHoles(absence, missed));
    }

    @Override
    public void keep() {
        long last = kept.get();
        long now = System.nanoTime();
        if (now - last >= KEEP_EVERY && kept.compareAndSet(last, now)) {
            store.loop().execute(feed::check);
        }
    }

    private Uni<Missed> unlessHoles(Absence absence, Missed missed) {
        return holes.concern(absence).map(concerned -> {
            if (concerned) {
                throw new NotRecovered(Reason.UNLOGGED);
            }
            return missed;
        });
    }

    private Uni<Void> onLoop() {
        return Uni.createFrom().emitter(emitter -> store.loop().execute(() -> emitter.complete(null)));
    }

    /** Reads page after page up to the end. */
    private final class Search {
        private final Absence absence;
        private final List<LogEntry> found = new ArrayList<>();
        private LogPlace at;
        private int bytes;
        private int read;

        Search(Absence absence) {
            this.absence = absence;
            this.at = absence.since();
        }

        Uni<Missed> go() {
            return store.read(keys, at)
                    .map(page -> page.orElseThrow(() -> new NotRecovered(Reason.GONE)))
                    .invoke(this::take)
                    .chain(page -> page.end().isUpTo(at) ? Uni.createFrom().item(new Missed(found, at)) : go());
        }

        private void take(Page page) {
            boolean goesOn =
                    absence.reached().isUpTo(page.end()) && absence.since().isUpTo(page.end());
            require(goesOn && (!page.entries().isEmpty() || page.end().isUpTo(at)), Reason.GONE);
            page.entries().forEach(this::take);
            read += page.entries().size();
            require(read <= 2L * store.config().recoveryLog(), Reason.TOO_MUCH);
        }

        private void take(LogEntry entry) {
            require(entry.place().follows(at), Reason.GONE);
            at = entry.place();
            if (absence.misses(entry)) {
                found.add(entry);
                bytes += entry.bytes();
                require(bytes <= MOST_BYTES && found.size() <= store.config().recoveryMaxMissed(), Reason.TOO_MUCH);
            }
        }

        private static void require(boolean holds, Reason otherwise) {
            if (!holds) {
                throw new NotRecovered(otherwise);
            }
        }
    }
}
