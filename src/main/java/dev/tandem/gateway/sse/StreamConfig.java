package dev.tandem.gateway.sse;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rooms are streamed. */
@ConfigMapping(prefix = "tandem.stream")
public interface StreamConfig {

    /** How often a reader gets a comment, so that neither side, nor what is between, takes the connection for dead. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long readers are told to wait before they come back. */
    @WithDefault("2s")
    Duration retry();

    /** Readers of this node; one more is refused with {@code overloaded}. */
    @WithDefault("10000")
    int maxReaders();
}
