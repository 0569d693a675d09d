package dev.tandem.redis;

import java.time.Duration;
import java.time.Instant;

/**
 * Where one connection of the pair is in its life. A state offers only the moves that are legal from it:
 *
 * <pre>
 *   {@link Idle} -> {@link Connecting} -> {@link Ready} -> {@link Draining} -> {@link Closed}
 *                     ^     |             |
 *                     +-- {@link Waiting} <-----+          every state -> {@link Closed}
 *                           |
 *                           +-> {@link GaveUp}
 * </pre>
 */
public sealed interface LinkState {

    /** One word for logs, health and metrics. */
    String label();

    /** The word, and what else is known, for the log. */
    default String described() {
        return label();
    }

    /** Every life can end at once. */
    default Closed toClosed() {
        return new Closed();
    }

    /** Not started yet. */
    record Idle() implements LinkState {
        Connecting toConnecting() {
            return new Connecting(1);
        }

        @Override
        public String label() {
            return "idle";
        }
    }

    /** Attempt number {@code attempt}, from 1, since the connection was last ready, is under way. */
    record Connecting(int attempt) implements LinkState {
        Ready toReady(DialedConnection connection) {
            return new Ready(connection, Instant.now());
        }

        Waiting toWaiting(String cause, Duration delay) {
            return new Waiting(attempt, cause, delay);
        }

        @Override
        public String label() {
            return "connecting";
        }
    }

    /** Connected, named and, for pub/sub, subscribed to everything that was asked for. */
    record Ready(DialedConnection connection, Instant since) implements LinkState {
        Waiting toWaiting(String cause, Duration delay) {
            return new Waiting(0, cause, delay);
        }

        Draining toDraining() {
            return new Draining(connection);
        }

        @Override
        public String label() {
            return "ready";
        }
    }

    /** Not connected; the next attempt follows after {@code delay}. */
    record Waiting(int attempt, String cause, Duration delay) implements LinkState {
        Connecting toConnecting() {
            return new Connecting(attempt + 1);
        }

        GaveUp toGaveUp() {
            return new GaveUp(attempt, cause);
        }

        @Override
        public String label() {
            return "waiting";
        }

        @Override
        public String described() {
            return "waiting attempt=%d delay=%dms cause=\"%s\"".formatted(attempt, delay.toMillis(), cause);
        }
    }

    /** As many attempts in a row have failed as there may be; nothing more is tried. */
    record GaveUp(int attempts, String cause) implements LinkState {
        @Override
        public String label() {
            return "gave up";
        }

        @Override
        public String described() {
            return "gave up attempts=%d cause=\"%s\"".formatted(attempts, cause);
        }
    }

    /** QUIT is sent; Redis answers what is on the wire and closes. */
    record Draining(DialedConnection connection) implements LinkState {
        @Override
        public String label() {
            return "draining";
        }
    }

    /** Over; a link is never opened a second time. */
    record Closed() implements LinkState {
        @Override
        public String label() {
            return "closed";
        }
    }
}
