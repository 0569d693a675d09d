package dev.tandem.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;

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
    private final ArrayDeque<Task> waiting = new ArrayDeque<>(1);
    private boolean busy;

    CommandQueue(Context context, int limit) {
        this.context = context;
        this.limit = limit;
    }

    /** False if too many wait already; the task is then not taken. */
    boolean offer(Task task) {
        if (waiting.size() >= limit) {
            return false;
        }
        add(task);
        return true;
    }

    /** Takes the task however many wait: for the last one of a connection. */
    void add(Task task) {
        waiting.add(task);
        next();
    }

    private void next() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        waiting.poll().run().onComplete(this::onDone);
    }

    private void onDone(Object ignored) {
        context.runOnContext(turn -> {
            busy = false;
            next();
        });
    }
}
