package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.redis.RedisLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Rooms to which something has happened, and what: the first is worked on at once, and those that come meanwhile, or within the pause
 * after it, together, each once. What fails is tried again. Touched on the pair's event loop only.
 *
 * @param <V> what has happened to a room
 */
final class Batches<V> {
    private static final Logger LOG = Logger.getLogger(Batches.class);
    /** More rooms do not wait. */
    static final int MOST = 10_000;

    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final RedisLoop loop;
    private final int size;
    private final long pauseMillis;
    private final BinaryOperator<V> both;
    private final Function<Map<RoomId, V>, Uni<Void>> work;
    private final Map<RoomId, V> waiting = new LinkedHashMap<>();
    private boolean busy;
    private boolean closed;

    /** {@code both} says what has happened to a room to which two things have, the older one first. */
    Batches(
            Vertx vertx,
            RedisLoop loop,
            int size,
            Duration pause,
            BinaryOperator<V> both,
            Function<Map<RoomId, V>, Uni<Void>> work) {
        this.vertx = vertx;
        this.loop = loop;
        this.size = size;
        this.pauseMillis = pause.toMillis();
        this.both = both;
        this.work = work;
    }

    /** False if too many wait already, and this one does not. */
    boolean add(RoomId room, V what) {
        if (waiting.size() >= MOST && !waiting.containsKey(room)) {
            return false;
        } else if (!closed) {
            waiting.merge(room, what, both);
            if (!busy) {
                next();
            }
        }
        return true;
    }

    /** Nothing waits any more; what is being worked on goes on. */
    void clear() {
        waiting.clear();
    }

    /** Nothing is worked on any more; what waits is for the caller. */
    List<Map<RoomId, V>> close() {
        closed = true;
        List<Map<RoomId, V>> all = new ArrayList<>();
        while (!waiting.isEmpty()) {
            all.add(take());
        }
        return all;
    }

    private void next() {
        busy = !waiting.isEmpty() && !closed;
        if (!busy) {
            return;
        }
        Map<RoomId, V> batch = take();
        Uni.createFrom()
                .deferred(() -> work.apply(batch))
                .subscribe()
                .with(
                        done -> loop.execute(() -> after(pauseMillis)),
                        failure -> loop.execute(() -> {
                            LOG.debugf(failure, "A batch of rooms comes again: size=%d", batch.size());
                            batch.forEach((room, older) ->
                                    waiting.merge(room, older, (newer, same) -> both.apply(same, newer)));
                            after(Math.max(pauseMillis, RETRY_MILLIS));
                        }));
    }

    private void after(long millis) {
        if (millis == 0) {
            next();
        } else {
            vertx.setTimer(millis, due -> loop.execute(this::next));
        }
    }

    private Map<RoomId, V> take() {
        Map<RoomId, V> batch = new HashMap<>();
        Iterator<Map.Entry<RoomId, V>> all = waiting.entrySet().iterator();
        while (all.hasNext() && batch.size() < size) {
            Map.Entry<RoomId, V> entry = all.next();
            batch.put(entry.getKey(), entry.getValue());
            all.remove();
        }
        return batch;
    }
}
