package dev.tandem.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** How often each operation may be done, by its name: {@code tandem.limits.session=10/1m}. */
@ConfigMapping(prefix = "tandem.limits")
public interface LimitConfig {

    /** Only what is not as {@link RateLimits} has it by default. */
    @WithParentName
    Map<String, Limit> operations();
}
