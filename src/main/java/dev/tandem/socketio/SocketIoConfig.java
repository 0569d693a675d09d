package dev.tandem.socketio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Time limits of Socket.IO. */
@ConfigMapping(prefix = "tandem.socketio")
public interface SocketIoConfig {
    /** How long a session may stay without a namespace. */
    @WithDefault("45s")
    Duration connectTimeout();
}
