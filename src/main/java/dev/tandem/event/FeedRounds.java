package dev.tandem.event;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Looks at every feed once in a while: silence may mean that nothing happens in a room, or that the room is gone without a word, as
 * after a FLUSHALL. The looks of one round are spread evenly over its length. Touched on the pair's event loop only.
 */
final class FeedRounds {
    private static final int TICKS = 50;

    private final Supplier<Collection<RoomFeed>> feeds;
    private final Queue<RoomFeed> left = new ArrayDeque<>();
    private int perTick;

    FeedRounds(Supplier<Collection<RoomFeed>> feeds) {
        this.feeds = feeds;
    }

    /** Begins, on the caller's event loop. */
    void start(Vertx vertx, Duration round) {
        vertx.setPeriodic(Math.max(1, round.toMillis() / TICKS), timer -> tick());
    }

    private void tick() {
        if (left.isEmpty()) {
            left.addAll(feeds.get());
            perTick = (left.size() + TICKS - 1) / TICKS;
        }
        for (int i = 0; i < perTick && !left.isEmpty(); i++) {
            left.poll().check();
        }
    }
}
