package dev.tandem.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection's commands, carried out one after another, so that a client that says "join" and "send" without waiting gets
 * what it means. Bounded. Touched on the connection's event loop only.
 */
final class CommandQueue {
    /** A command, and what to do with its end; begun when it is called. The queue goes on when it has ended, whatever came of it. */
    interface Task {
        Future<?> run();
    }

    private final Context context;
    private final int limit;
    /** Null while none waits, as with most connections at most times. */
    private Queue<Task> waiting;

    private boolean busy;

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
        if (!busy) {
            begin(task);
            return;
        } else if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(task);
    }

    private void begin(Task task) {
        busy = true;
        task.run().onComplete(this::onDone);
    }

    private void onDone(Object ignored) {
        context.runOnContext(turn -> {
            busy = false;
            next();
        });
    }

    private void next() {
        Task task = waiting == null ? null : waiting.poll();
        if (task == null) {
            waiting = null;
        } else {
            begin(task);
        }
    }
}
