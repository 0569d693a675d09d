package dev.tandem.session;

import dev.tandem.redis.RedisConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Keeps a node from running in production with a secret that everybody knows. */
@Singleton
class SecretCheck {
    private static final Logger LOG = Logger.getLogger(SecretCheck.class);

    private final SessionConfig session;
    private final RedisConfig redis;

    SecretCheck(SessionConfig session, RedisConfig redis) {
        this.session = session;
        this.redis = redis;
    }

    /** First of all, before anything is connected. */
    void check(@Observes @Priority(0) StartupEvent event) {
        if (!session.secret().contains(SessionConfig.DEV_SECRET)) {
            return;
        }
        boolean shared = redis.url().isPresent() || redis.sentinel().master().isPresent();
        if (LaunchMode.current() == LaunchMode.NORMAL && shared) {
            throw new IllegalStateException(
                    "TANDEM_SESSION_SECRET is not set: in production a node does not start with the development secret.");
        }
        LOG.warn("Session cookies are signed with the development secret: set TANDEM_SESSION_SECRET");
    }
}
