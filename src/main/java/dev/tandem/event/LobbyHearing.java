package dev.tandem.event;

import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisLoop;
import dev.tandem.redis.Subscription;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** Listens to the lobby's channel from its opening until it is closed. Touched on the pair's event loop only. */
public final class LobbyHearing implements PubSub.Listener {
    private final LobbyListener listener;
    private final EventMeters meters;
    private final Batches<LobbyListener.Change> changes;
    private final Batches<Boolean> counts;
    private final Uni<Void> opened;
    private Subscription subscription;
    private boolean closed;

    LobbyHearing(
            PubSub pubSub,
            Vertx vertx,
            RedisLoop loop,
            LobbyConfig config,
            EventMeters meters,
            LobbyListener listener) {
        this.listener = listener;
        this.meters = meters;
        this.changes =
                new Batches<>(vertx, loop, config.batch(), Duration.ZERO, LobbyListener.Change::and, listener::onRooms);
        this.counts = new Batches<>(
                vertx,
                loop,
                config.batch(),
                config.countsEvery(),
                (one, other) -> one,
                rooms -> listener.onCounts(rooms.keySet()));
        this.opened = pubSub.subscribe(LobbyKeys.CHANNEL, this)
                .invoke(this::onSubscribed)
                .replaceWithVoid()
                .memoize()
                .indefinitely();
    }

    /** Completes, on the loop, when everything that happens from then on is heard; fails with {@code redis_unavailable}. */
    public Uni<Void> opened() {
        return opened;
    }

    /** Nothing more is heard. */
    public void close() {
        closed = true;
        changes.close();
        counts.close();
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        LobbyNote note = LobbyNote.decode(payload);
        if (note.kind() == LobbyNote.Kind.COUNTED) {
            note.rooms().stream().filter(room -> !counts.add(room, true)).forEach(room -> meters.lobbyCountDropped());
        } else {
            boolean appeared = note.kind() == LobbyNote.Kind.LISTED;
            LobbyListener.Change change = new LobbyListener.Change(appeared, !appeared);
            if (!note.rooms().stream().allMatch(room -> changes.add(room, change))) {
                changes.clear();
                onMissed();
            }
        }
    }

    @Override
    public void onResubscribed() {
        onMissed();
    }

    private void onMissed() {
        meters.lobbyMissed();
        listener.onMissed();
    }

    private void onSubscribed(Subscription confirmed) {
        subscription = confirmed;
        if (closed) {
            confirmed.close();
        }
    }
}
