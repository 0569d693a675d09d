package dev.tandem.socketio;

import java.time.Duration;

/** An event's middleware has not let it through in time. */
final class MiddlewareTimeout extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MiddlewareTimeout(Duration limit) {
        super("Middleware has not let an event through: ms=" + limit.toMillis());
    }
}
