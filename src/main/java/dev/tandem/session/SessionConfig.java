package dev.tandem.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How sessions are proved and kept. */
@ConfigMapping(prefix = "tandem.session")
public interface SessionConfig {
    String DEV_SECRET = "tandem-dev-secret";

    /** Sign the cookie: the first signs, all verify. The default is for development; production refuses it. */
    @WithDefault(DEV_SECRET)
    List<String> secret();

    /** Name of the cookie. */
    @WithDefault("connect.sid")
    String cookie();

    /** How long a session that is not used lives. */
    @WithDefault("14d")
    Duration ttl();

    /**
     * How long a session that was found is believed without asking Redis again: so late comes a name taken on another node, or an end that
     * another application puts to it by itself. 0 asks each time.
     */
    @WithDefault("1s")
    Duration remembered();

    /** Whether the cookie is for HTTPS only. */
    @WithDefault("auto")
    SecureCookie secureCookie();

    /** When a cookie is for HTTPS only. */
    enum SecureCookie {
        /** If the request came over HTTPS, as far as {@code quarkus.http.proxy} lets that be known. */
        AUTO,
        TRUE,
        FALSE;

        boolean applies(boolean overTls) {
            return this == AUTO ? overTls : this == TRUE;
        }
    }
}
