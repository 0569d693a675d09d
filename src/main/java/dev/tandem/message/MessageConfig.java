package dev.tandem.message;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

    /** How long the author may change a message. 0: as long as the room has it. */
    @WithDefault("0")
    Duration editWindow();

    /** Reactions to one message, of all users together. */
    @WithDefault("10000")
    int maxReactions();

    /** Rooms of which it is kept up to where one user has read them; past that the one read longest ago is forgotten. */
    @WithDefault("500")
    int maxMarkers();
}
