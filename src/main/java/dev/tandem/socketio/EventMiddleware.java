package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;

/**
 * Stands before the handlers of one socket's events. The event goes on when the result completes; if it fails, no handler gets
 * the event; so if it has not completed within {@link SocketIoConfig#eventTimeout}. Later events of the socket wait meanwhile, so that their
 * order is kept; when too many do, its client waits with whatever it says, acks too: middleware should not wait for one of them.
 */
@FunctionalInterface
public interface EventMiddleware {

    Uni<Void> apply(Event event);
}
