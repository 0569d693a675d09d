package dev.tandem.cluster;

import dev.tandem.cluster.codec.ClusterResponse;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.RedisLoop;
import dev.tandem.socketio.adapter.Gathered;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests of this node that wait for the answers of other servers, in whatever namespace. Every one ends: when all have
 * answered, at its deadline with what has come by then, or with a failure. Touched on the pair's event loop only, but for the ids.
 */
@Singleton
class PendingRequests {
    private final Vertx vertx;
    private final RedisLoop loop;
    private final int most;
    private final ClusterMeters meters;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Asked<?>> asked = new ConcurrentHashMap<>(); // its size is read by the meters

    private record Asked<T>(Gathering<T> gathering, UniEmitter<? super Gathered<T>> emitter, long timer) {
        void complete() {
            emitter.complete(gathering.result());
        }
    }

    PendingRequests(Vertx vertx, RedisLoop loop, ClusterConfig config, ClusterMeters meters) {
        this.vertx = vertx;
        this.loop = loop;
        this.most = config.maxPending();
        this.meters = meters;
        meters.watchPending(asked::size);
    }

    /** Runs that where requests live. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    /** An id for a request of that sender, by which its answers are told from those of others. */
    String nextId(String uid) {
        return uid + numbers.incrementAndGet();
    }

    /** Waits for answers, at most so long; false, and the result has failed with {@code overloaded}, if too many wait already. */
    <T> boolean add(String id, Gathering<T> gathering, Duration limit, UniEmitter<? super Gathered<T>> emitter) {
        if (asked.size() >= most) {
            emitter.fail(new TandemException(ErrorCode.OVERLOADED, "Too many requests to other servers wait."));
            return false;
        }
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), late -> end(id));
        asked.put(id, new Asked<>(gathering, emitter, timer));
        return true;
    }

    /** So many other servers have been asked. */
    void expect(String id, int others) {
        Asked<?> one = asked.get(id);
        if (one != null) {
            one.gathering().expect(others);
            endIfComplete(id, one);
        }
    }

    void receive(ClusterResponse response) {
        Asked<?> one = asked.get(response.requestId());
        if (one == null || !one.gathering().accept(response)) {
            meters.late();
        } else {
            endIfComplete(response.requestId(), one);
        }
    }

    void fail(String id, Throwable failure) {
        Asked<?> one = take(id);
        if (one != null) {
            one.emitter().fail(failure);
        }
    }

    /** What that sender asked ends with what has come: it hears no answers any more. */
    void endAll(String uid) {
        List<String> ids =
                asked.keySet().stream().filter(id -> id.startsWith(uid)).toList();
        ids.forEach(this::end);
    }

    private void endIfComplete(String id, Asked<?> one) {
        if (one.gathering().isComplete()) {
            end(id);
        }
    }

    private void end(String id) {
        Asked<?> one = take(id);
        if (one != null) {
            if (!one.gathering().isComplete()) {
                meters.incomplete();
            }
            one.complete();
        }
    }

    private Asked<?> take(String id) {
        Asked<?> one = asked.remove(id);
        if (one != null) {
            vertx.cancelTimer(one.timer());
        }
        return one;
    }
}
