package dev.tandem.outbound;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bound of what waits for one connection to be read. */
@ConfigMapping(prefix = "tandem.outbound")
public interface OutboundConfig {
    /** Bytes that may wait for one connection; it is closed with 4408 when there are more. */
    @WithDefault("4M")
    MemorySize maxBytes();

    /** Frames that may wait for one connection; it is closed with 4408 when there are more. */
    @WithDefault("20000")
    int maxFrames();

    /** Bytes that may wait for one connection before volatile frames to it are dropped. */
    @WithDefault("64K")
    MemorySize volatileBytes();
}
