package dev.tandem.internode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of what nodes say to each other. */
@ConfigMapping(prefix = "tandem.internode")
public interface InternodeConfig {
    /** Requests of this node that may wait for an answer; one more is refused. */
    @WithDefault("20000")
    int maxPending();

    /** How often a node from which an answer is awaited is looked for. */
    @WithDefault("1s")
    Duration watchEvery();
}
