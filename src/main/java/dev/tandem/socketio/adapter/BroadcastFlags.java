package dev.tandem.socketio.adapter;

import java.time.Duration;
import java.util.Optional;

/**
 * How a broadcast is sent.
 *
 * @param isVolatile drop it for clients that are behind in reading
 * @param local to clients of this node only
 * @param timeout how long acks are waited for, if not as long as always
 */
public record BroadcastFlags(boolean isVolatile, boolean local, Optional<Duration> timeout) {
    public static final BroadcastFlags NONE = new BroadcastFlags(false, false, Optional.empty());

    public BroadcastFlags asVolatile() {
        return new BroadcastFlags(true, local, timeout);
    }

    public BroadcastFlags asLocal() {
        return new BroadcastFlags(isVolatile, true, timeout);
    }

    public BroadcastFlags withTimeout(Duration limit) {
        return new BroadcastFlags(isVolatile, local, Optional.of(limit));
    }
}
