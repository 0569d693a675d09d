package dev.tandem.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection's commands, carried out one after another, so that a client that says "join" and "send" without waiting gets
 * what it means. Of those that may be under way {@linkplain Lane#TOGETHER together} each is begun after the one before it, which need
 * not have ended. Touched on the connection's event loop only.
 *
 * <p>Of all connections on one event loop so many commands are under way as there is {@linkplain Bulkhead room} for. A client that says more
 * than can be carried out has to wait: as soon as so many commands wait their turn it is not read, until half of them have begun. So no
 * more wait than these, and what had been received of the client by then.
 */
final class CommandQueue {
    /** More are not under way at once; it is what a client far from Redis can use. */
    static final int MOST_UNDER_WAY = 32;

    private static final Future<?> ENDED = Future.succeededFuture();

    /** What a command may be under way with. */
    enum Lane {
        /** Nothing: it begins when all before it have ended, and none behind it begins before it has. */
        ALONE,
        /** Others of its kind, behind which it keeps its place itself. */
        TOGETHER
    }

    /** A command, and what to do with its end. The queue goes on when it has ended, whatever came of it. */
    interface Task {
        /** Begins it; {@code before} ends when the one before it has, if that is under way still. */
        Future<?> run(Future<?> before);

        default Lane lane() {
            return Lane.ALONE;
        }
    }

    /**
     * What queues on one event loop have in common.
     *
     * @param maxWaiting commands that may wait in one before its client has to
     * @param bulkhead where there is room for a command, or not
     * @param onPause told when a client has to wait
     */
    record Bounds(int maxWaiting, Bulkhead bulkhead, Runnable onPause) {}

    private final Context context;
    private final Bounds bounds;
    private final Connection source;
    /** Null while none waits, as with most connections at most times. */
    private Queue<Task> waiting;

    private boolean paused;
    /** The first one that waits does so for room. */
    private boolean waitsForRoom;

    private int underWay;
    /** Of those that are under way. */
    private Lane lane = Lane.ALONE;
    /** The end of the last one that was begun; kept while some are under way. */
    private Future<?> last = ENDED;

    /** For what comes over {@code source}. */
    CommandQueue(Context context, Bounds bounds, Connection source) {
        this.context = context;
        this.bounds = bounds;
        this.source = source;
    }

    void add(Task task) {
        if (waiting == null && fits(task) && takesRoom()) {
            begin(task);
            return;
        } else if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(task);
        if (!paused && waiting.size() >= bounds.maxWaiting()) {
            paused = true;
            bounds.onPause().run();
            source.pause();
        }
    }

    private boolean fits(Task task) {
        return underWay == 0 || underWay < MOST_UNDER_WAY && lane == Lane.TOGETHER && task.lane() == Lane.TOGETHER;
    }

    /** Takes room for the first of all tasks, which must begin then; where there is none, it waits for its turn. */
    private boolean takesRoom() {
        if (waitsForRoom) {
            return false;
        }
        waitsForRoom = !bounds.bulkhead().enter(this::onRoom);
        return !waitsForRoom;
    }

    private void onRoom() {
        waitsForRoom = false;
        next();
    }

    private void begin(Task task) {
        underWay++;
        lane = task.lane();
        last = task.run(last);
        last.onComplete(this::onDone);
    }

    private void onDone(Object ignored) {
        context.runOnContext(turn -> {
            underWay--;
            bounds.bulkhead().leave();
            next();
        });
    }

    private void next() {
        if (underWay == 0) {
            last = ENDED;
        }
        while (waiting != null && fits(waiting.element()) && takesRoom()) {
            begin(waiting.remove());
            if (waiting.isEmpty()) {
                waiting = null;
            }
        }
        if (paused && (waiting == null || waiting.size() <= bounds.maxWaiting() / 2)) {
            paused = false;
            source.resume();
        }
    }
}
