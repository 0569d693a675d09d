package dev.tandem.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of what is passed on for clients whose session is another node's. */
@ConfigMapping(prefix = "tandem.relay")
public interface RelayConfig {
    /** Requests that may wait at this node for an answer of another one; one more is refused. */
    @WithDefault("20000")
    int maxRequests();

    /** How often a node lets those with which it passes things on hear from it, and so finds out that one of them is gone. */
    @WithDefault("1s")
    Duration beatEvery();

    /** How long a node that is there, as far as Redis knows, may say nothing before it is given up. */
    @WithDefault("10s")
    Duration silence();
}
