package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One socket's events on their way through its middleware, one after another, so that they keep their order; without middleware
 * they go through at once. Bounded. Touched on the session's event loop only, but for {@link #use}.
 */
final class EventQueue {
    private final Context context;
    private final int limit;
    private final Consumer<Event> delivery;
    private final BiConsumer<Event, Throwable> refusal;
    private volatile List<EventMiddleware> middleware = List.of();
    /** Null while none waits, as with most sockets at most times. */
    private Queue<Event> waiting;

    private boolean busy;

    EventQueue(Context context, int limit, Consumer<Event> delivery, BiConsumer<Event, Throwable> refusal) {
        this.context = context;
        this.limit = limit;
        this.delivery = delivery;
        this.refusal = refusal;
    }

    /** Fails with {@link IllegalStateException} if there are as many as events may wait. */
    synchronized void use(EventMiddleware added) {
        if (middleware.size() >= limit) {
            throw new IllegalStateException("More than " + limit + " middlewares.");
        }
        List<EventMiddleware> more = new ArrayList<>(middleware);
        more.add(added);
        middleware = List.copyOf(more);
    }

    /** False if too many wait already; the event is then not taken. */
    boolean offer(Event event) {
        if (middleware.isEmpty() && !busy) {
            delivery.accept(event);
            return true;
        } else if (!busy) {
            begin(event);
            return true;
        } else if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        return waiting.size() < limit && waiting.add(event);
    }

    private void begin(Event event) {
        busy = true;
        pass(event)
                .subscribe()
                .with(
                        passed -> onDone(() -> delivery.accept(event)),
                        failure -> onDone(() -> refusal.accept(event, failure)));
    }

    private Uni<Void> pass(Event event) {
        Uni<Void> passed = Uni.createFrom().voidItem();
        for (EventMiddleware each : middleware) {
            passed = passed.chain(() -> HandlerRunner.guarded(() -> each.apply(event)));
        }
        return passed;
    }

    private void onDone(Runnable then) {
        context.runOnContext(turn -> {
            then.run();
            busy = false;
            next();
        });
    }

    private void next() {
        Event event = waiting == null ? null : waiting.poll();
        if (event == null) {
            waiting = null;
        } else {
            begin(event);
        }
    }
}
