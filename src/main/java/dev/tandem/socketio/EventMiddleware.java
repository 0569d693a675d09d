package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;

/**
 * Stands before the handlers of one socket's events. The event goes on when the result completes; if it fails, no handler gets
 * the event. Later events of the socket wait meanwhile, so that their order is kept.
 */
@FunctionalInterface
public interface EventMiddleware {

    Uni<Void> apply(Event event);
}
