package dev.tandem.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection's commands, carried out one after another, so that a client that says "join" and "send" without waiting gets
 * what it means. Of those that may be under way {@linkplain Lane#TOGETHER together} each is begun after the one before it, which need
 * not have ended. Bounded. Touched on the connection's event loop only.
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

    private final Context context;
    private final int limit;
    /** Null while none waits, as with most connections at most times. */
    private Queue<Task> waiting;

    private int underWay;
    /** Of those that are under way. */
    private Lane lane = Lane.ALONE;
    /** The end of the last one that was begun; kept while some are under way. */
    private Future<?> last = ENDED;

    CommandQueue(Context context, int limit) {
        this.context = context;
        this.limit = limit;
    }

    /** False if too many wait already; the task is then not taken. */
    boolean offer(Task task) {
        if (waiting != null && waiting.size() >= limit) {
            return false;
        }
        add(task);
        return true;
    }

    /** Takes the task however many wait: for the last one of a connection. */
    void add(Task task) {
        if (waiting == null && mayBegin(task)) {
            begin(task);
            return;
        } else if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(task);
    }

    private boolean mayBegin(Task task) {
        return underWay == 0 || underWay < MOST_UNDER_WAY && lane == Lane.TOGETHER && task.lane() == Lane.TOGETHER;
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
            next();
        });
    }

    private void next() {
        if (underWay == 0) {
            last = ENDED;
        }
        while (waiting != null && mayBegin(waiting.element())) {
            begin(waiting.remove());
            if (waiting.isEmpty()) {
                waiting = null;
            }
        }
    }
}
