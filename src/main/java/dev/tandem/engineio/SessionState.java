package dev.tandem.engineio;

import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.Transport;

/**
 * How a session's client is reached:
 *
 * <pre>
 * {@link Polling} --WebSocket comes--> {@link Probing} --"5"--> {@link OnWebSocket}
 *         <--probe fails, or takes too long--
 * </pre>
 *
 * A session that begins with a WebSocket stays there. That a session is over is said by its transport.
 */
sealed interface SessionState {

    /** The transport in use. */
    Transport transport();

    /** Reached by long-polling, whatever else is being tried. */
    sealed interface ByPolling extends SessionState {
        @Override
        PollingTransport transport();
    }

    record Polling(PollingTransport transport) implements ByPolling {
        Probing toProbing(UpgradeAttempt attempt) {
            return new Probing(transport, attempt);
        }
    }

    record Probing(PollingTransport transport, UpgradeAttempt attempt) implements ByPolling {
        Polling toPolling() {
            return new Polling(transport);
        }

        OnWebSocket toWebSocket() {
            return new OnWebSocket(attempt.socket());
        }
    }

    record OnWebSocket(Transport transport) implements SessionState {}
}
