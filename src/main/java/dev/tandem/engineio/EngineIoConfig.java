package dev.tandem.engineio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Heartbeat and sizes of Engine.IO. */
@ConfigMapping(prefix = "tandem.socketio")
public interface EngineIoConfig {
    /** How often the server pings. */
    @WithDefault("25s")
    Duration pingInterval();

    /** How long the client may take to answer. */
    @WithDefault("20s")
    Duration pingTimeout();

    /** Bytes of one message. */
    @WithDefault("1000000")
    int maxPayload();
}
