package dev.tandem.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rooms are listened to. */
@ConfigMapping(prefix = "tandem.rooms")
public interface FeedConfig {
    /** A room in which nothing was heard for this long is compared with what Redis says. */
    @WithDefault("15s")
    Duration checkEvery();
}
