package dev.tandem.socketio.adapter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of rooms and acks. */
@ConfigMapping(prefix = "tandem.socketio")
public interface AdapterConfig {
    /** Socket.IO rooms that one socket may be in at once, its own one included. */
    @WithDefault("1000")
    int maxRooms();

    /** How long acks are waited for unless {@code timeout} says otherwise. */
    @WithDefault("10s")
    Duration ackTimeout();
}
