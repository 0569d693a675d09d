package dev.tandem.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection's commands, carried out one after another, so that a client that says "join" and "send" without waiting gets
 * what it means. Those of one {@linkplain Task#lane lane} are begun one after another, but need not have ended: each keeps its place
 * behind the one before it itself. Bounded. Touched on the connection's event loop only.
 */
final class CommandQueue {
    /** More are not under way at once; it is what a client far from Redis can use. */
    static final int MOST_UNDER_WAY = 32;

    private static final Future<?> ENDED = Future.succeededFuture();

    /** A command, and what to do with its end. The queue goes on when it has ended, whatever came of it. */
    interface Task {
        /** Begins it; {@code before} ends when the one before it in its lane has. */
        Future<?> run(Future<?> before);

        /** What it may share with those that are under way; null if it has to wait until none is. */
        default Object lane() {
            return null;
        }
    }

    private final Context context;
    private final int limit;
    /** Null while none waits, as with most connections at most times. */
    private Queue<Task> waiting;

    private int underWay;
    /** Of those that are under way. */
    private Object lane;
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
        return underWay == 0 || lane != null && underWay < MOST_UNDER_WAY && lane.equals(task.lane());
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
