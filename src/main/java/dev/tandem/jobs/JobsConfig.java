package dev.tandem.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the cluster tidies up. */
@ConfigMapping(prefix = "tandem.jobs")
public interface JobsConfig {
    /** Between two runs of the reaper and the janitor, in the whole cluster; at least a second. */
    @WithDefault("3s")
    Duration tick();
}
