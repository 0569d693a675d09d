package dev.tandem.socketio;

import java.time.Duration;

/** An event's middleware has not let it through in time. */
final class MiddlewareTimeout extends RuntimeException {

    MiddlewareTimeout(String event, Duration limit) {
        super("Middleware has not let an event through: event=" + event + " ms=" + limit.toMillis());
    }
}
