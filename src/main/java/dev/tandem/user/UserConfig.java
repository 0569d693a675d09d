package dev.tandem.user;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long users are remembered, and how much of them. */
@ConfigMapping(prefix = "tandem.users")
public interface UserConfig {
    /** How long a user who does not come is remembered, and one who was deleted is kept out; not shorter than sessions live. */
    @WithDefault("14d")
    Duration ttl();

    /** Bytes of JSON of a user's metadata. */
    @WithDefault("8K")
    @WithName("max-metadata")
    MemorySize maxMetadata();
}
