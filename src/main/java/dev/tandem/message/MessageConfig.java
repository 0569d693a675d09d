package dev.tandem.message;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of messages. */
@ConfigMapping(prefix = "tandem.rooms")
public interface MessageConfig {
    /** Characters (code points) of a message's text. */
    @WithDefault("4000")
    int maxText();

    /** Size of a message's {@code data} as JSON. */
    @WithDefault("64K")
    MemorySize maxData();

    /** Messages kept in a room. */
    @WithDefault("1000")
    int history();
}
