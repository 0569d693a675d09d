package dev.tandem.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is let in. */
@ConfigMapping(prefix = "tandem.identity")
public interface IdentityConfig {
    /** Whether those who come without credentials become guests; else they are {@code unauthenticated}. */
    @WithDefault("true")
    boolean guests();
}
