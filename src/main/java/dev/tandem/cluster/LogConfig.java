package dev.tandem.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of what is broadcast in a namespace is kept for those who lose their connection. */
@ConfigMapping(prefix = "tandem.socketio")
public interface LogConfig {
    /** How long a client that lost its connection may take to come back. */
    @WithDefault("2m")
    Duration recoveryWindow();

    /** Broadcasts that are kept for each namespace that is recoverable, at least. */
    @WithDefault("10000")
    int recoveryLog();

    /** Broadcasts that are sent again to one client at most; who missed more is somebody new. */
    @WithDefault("1000")
    int recoveryMaxMissed();
}
