package dev.tandem.repeat;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How answers are kept for repeats. */
@ConfigMapping(prefix = "tandem.idempotency")
public interface RepeatConfig {

    /** How long an answer is kept. */
    @WithDefault("24h")
    Duration ttl();

    /** How long a call counts as under way whose node died; longer than any call takes. */
    @WithDefault("2m")
    Duration claim();

    /** A longer body is not kept: a repeat gets the answer without it. */
    @WithDefault("64K")
    MemorySize maxBody();
}
