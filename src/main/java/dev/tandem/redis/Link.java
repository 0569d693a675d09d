package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Keeps one connection alive, for ever: connects, hands the connection to its {@link Owner}, notices its end, waits
 * and connects again. {@link LinkState} draws its life. Its state is touched on the pair's event loop only, and read from
 * anywhere.
 */
final class Link {

    /** Whoever uses the connection. Called on the pair's event loop. */
    interface Owner {
        /** A fresh connection: the link says ready when the result completes, and tears the connection down if it fails. */
        Future<Void> onConnected(DialedConnection connection);

        /** The connection is ready, and everything waiting may be sent. */
        void onReady(DialedConnection connection);

        /** The connection is gone. */
        void onLost(String cause);
    }

    private final Role role;
    private final Vertx vertx;
    private final RedisLoop loop;
    private final Dialer dialer;
    private final Backoff backoff;
    private final Owner owner;
    private final BiConsumer<LinkState, LinkState> onTransition;

    private volatile LinkState state = new LinkState.Idle();
    /** The connection that is being set up or is in use; the end of any other means nothing any more. */
    private DialedConnection current;

    Link(
            Role role,
            Vertx vertx,
            RedisLoop loop,
            Dialer dialer,
            Backoff backoff,
            Owner owner,
            BiConsumer<LinkState, LinkState> onTransition) {
        this.role = role;
        this.vertx = vertx;
        this.loop = loop;
        this.dialer = dialer;
        this.backoff = backoff;
        this.owner = owner;
        this.onTransition = onTransition;
    }

    LinkState state() {
        return state;
    }

    boolean isReady() {
        return state instanceof LinkState.Ready;
    }

    /** Starts connecting. */
    void open() {
        loop.execute(() -> {
            if (state instanceof LinkState.Idle idle) {
                connect(idle.toConnecting());
            }
        });
    }

    /** Tears the present connection down because it no longer does what it should, and connects anew. */
    void abandon(String cause) {
        loop.execute(() -> {
            if (state instanceof LinkState.Ready ready) {
                onEnd(ready.connection(), cause);
            }
        });
    }

    /** Says QUIT and waits for Redis to close, at most {@code limit}; completes when the socket is gone. */
    Future<Void> close(Duration limit) {
        Promise<Void> closed = Promise.promise();
        loop.execute(() -> close(limit, closed));
        return closed.future();
    }

    private void connect(LinkState.Connecting connecting) {
        transition(connecting);
        Future<DialedConnection> dialed = dialer.dial(role);
        dialed.onComplete(ignored -> {
            if (state != connecting) {
                dialed.onSuccess(DialedConnection::destroy);
            } else if (dialed.failed()) {
                retry(connecting, RedisFailures.reason(dialed.cause()));
            } else {
                prepare(connecting, dialed.result());
            }
        });
    }

    private void prepare(LinkState.Connecting connecting, DialedConnection connection) {
        current = connection;
        connection.onEnd(cause -> onEnd(connection, cause));
        owner.onConnected(connection).onComplete(prepared -> {
            if (current != connection || state != connecting) {
                return;
            }
            if (prepared.failed()) {
                onEnd(connection, RedisFailures.reason(prepared.cause()));
            } else {
                transition(connecting.toReady(connection));
                owner.onReady(connection);
            }
        });
    }

    private void onEnd(DialedConnection connection, String cause) {
        if (current != connection) {
            return;
        }
        current = null;
        connection.destroy();
        owner.onLost(cause);
        if (state instanceof LinkState.Connecting connecting) {
            retry(connecting, cause);
        } else if (state instanceof LinkState.Ready ready) {
            pause(ready.toWaiting(cause, backoff.after(0)));
        } else if (state instanceof LinkState.Draining draining) {
            transition(draining.toClosed());
        }
    }

    private void retry(LinkState.Connecting connecting, String cause) {
        pause(connecting.toWaiting(cause, backoff.after(connecting.attempt())));
    }

    private void pause(LinkState.Waiting waiting) {
        transition(waiting);
        if (backoff.isExhaustedBy(waiting.attempt())) {
            transition(waiting.toGaveUp());
            return;
        }
        vertx.setTimer(waiting.delay().toMillis(), timer -> {
            if (state == waiting) {
                connect(waiting.toConnecting());
            }
        });
    }

    private void close(Duration limit, Promise<Void> closed) {
        if (!(state instanceof LinkState.Ready ready)) {
            DialedConnection unfinished = current;
            current = null;
            transition(state.toClosed());
            if (unfinished != null) {
                unfinished.destroy();
            }
            closed.complete();
            return;
        }
        DialedConnection connection = ready.connection();
        transition(ready.toDraining());
        connection.onEnd(cause -> {
            onEnd(connection, cause);
            closed.tryComplete();
        });
        vertx.setTimer(limit.toMillis(), timer -> {
            onEnd(connection, "QUIT was not answered");
            closed.tryComplete();
        });
        connection.connection().send(Request.cmd(Command.QUIT));
    }

    /** The only place where the state changes. */
    private void transition(LinkState next) {
        LinkState previous = state;
        state = next;
        onTransition.accept(previous, next);
    }
}
