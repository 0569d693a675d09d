package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;

/**
 * Does something about an event. Called on the event loop of whom it concerns: must not block. What it returns is subscribed to;
 * its item means nothing. If it fails, or throws, that is logged and counted, and the client gets no ack from it.
 */
@FunctionalInterface
public interface EventHandler {

    Uni<?> handle(Event event);
}
