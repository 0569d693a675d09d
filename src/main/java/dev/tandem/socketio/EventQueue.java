package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One socket's events on their way through its middleware, one after another, so that they keep their order; without middleware
 * they go through at once. A client that says more than goes through has to wait: it is not read while so many events wait as may, until
 * half of them have begun. Middleware that has not let an event through in time has failed. Touched on the session's event loop only, but
 * for {@link #use}.
 */
final class EventQueue {
    private static final Cancellable NOTHING = () -> {};

    private final Socket socket;
    private final SocketIoConfig config;
    private final HandlerRunner runner;
    private final Consumer<Event> delivery;
    private volatile List<EventMiddleware> middleware = List.of();
    /** Null while none waits, as with most sockets at most times. */
    private Queue<Event> waiting;

    private Cancellable underWay = NOTHING;
    private boolean busy;
    private boolean paused;
    private boolean closed;

    EventQueue(Socket socket, SocketIoConfig config, HandlerRunner runner, Consumer<Event> delivery) {
        this.socket = socket;
        this.config = config;
        this.runner = runner;
        this.delivery = delivery;
    }

    /** Fails with {@link IllegalStateException} if there are as many as events may wait. */
    synchronized void use(EventMiddleware added) {
        if (middleware.size() >= config.maxPendingEvents()) {
            throw new IllegalStateException("More than " + config.maxPendingEvents() + " middlewares.");
        }
        List<EventMiddleware> more = new ArrayList<>(middleware);
        more.add(added);
        middleware = List.copyOf(more);
    }

    void add(Event event) {
        if (busy) {
            keep(event);
        } else if (middleware.isEmpty()) {
            delivery.accept(event);
        } else {
            begin(event);
        }
    }

    /** The socket is gone: what waits for its middleware is dropped, and nobody has to wait for it. */
    void close() {
        closed = true;
        underWay.cancel();
        waiting = null;
        if (paused) {
            paused = false;
            socket.context().runOnContext(turn -> socket.resume());
        }
    }

    private void keep(Event event) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(event);
        if (!paused && waiting.size() >= config.maxPendingEvents()) {
            paused = true;
            runner.onPause();
            socket.pause();
        }
    }

    private void begin(Event event) {
        busy = true;
        underWay = pass(event)
                .ifNoItem()
                .after(config.eventTimeout())
                .failWith(() -> new MiddlewareTimeout(config.eventTimeout()))
                .subscribe()
                .with(passed -> end(event, null), failure -> end(event, failure));
    }

    private Uni<Void> pass(Event event) {
        Uni<Void> passed = Uni.createFrom().voidItem();
        for (EventMiddleware each : middleware) {
            passed = passed.chain(() -> HandlerRunner.guarded(() -> each.apply(event)));
        }
        return passed;
    }

    private void refuse(Throwable why) {
        if (why instanceof MiddlewareTimeout) {
            runner.onFailure("middleware", socket.namespace().name(), why);
        } else {
            runner.onRefusal("event", socket.namespace().name(), why);
        }
    }

    /** On any thread; null if it has passed. */
    private void end(Event event, Throwable refusal) {
        socket.context().runOnContext(turn -> onEnd(event, refusal));
    }

    private void onEnd(Event event, Throwable refusal) {
        if (closed) {
            return;
        }
        if (refusal == null) {
            delivery.accept(event);
        } else {
            refuse(refusal);
        }
        busy = false;
        next();
    }

    private void next() {
        Event event = waiting == null ? null : waiting.poll();
        if (event == null) {
            waiting = null;
        } else {
            begin(event);
        }
        if (paused && (waiting == null || waiting.size() <= config.maxPendingEvents() / 2)) {
            paused = false;
            socket.resume();
        }
    }
}
