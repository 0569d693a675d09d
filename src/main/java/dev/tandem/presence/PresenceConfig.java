package dev.tandem.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long people of a node that is gone stay present. */
@ConfigMapping(prefix = "tandem.presence")
public interface PresenceConfig {
    /** A killed node's people are gone after at most this and one tick of the reaper. Renewed at a third of it. */
    @WithDefault("15s")
    Duration lease();
}
