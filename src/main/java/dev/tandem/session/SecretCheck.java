package dev.tandem.session;

import dev.tandem.redis.RedisConfig;
import dev.tandem.user.UserConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Keeps a node from running in production with a secret that everybody knows, or can guess. */
@Singleton
class SecretCheck {
    private static final Logger LOG = Logger.getLogger(SecretCheck.class);
    private static final int SHORTEST = 8;
    private static final int LONG_ENOUGH = 32;
    private static final int SHORTEST_HMAC = 32;

    /** As they stand in tutorials; all of those are short but these. */
    private static final Set<String> KNOWN = Set.of(
            SessionConfig.DEV_SECRET,
            "keyboard cat",
            "change-me-in-production",
            "your-session-secret",
            "your-256-bit-secret");

    private final SessionConfig session;
    private final JwtConfig jwt;
    private final UserConfig users;
    private final RedisConfig redis;

    SecretCheck(SessionConfig session, JwtConfig jwt, UserConfig users, RedisConfig redis) {
        this.session = session;
        this.jwt = jwt;
        this.users = users;
        this.redis = redis;
    }

    /** First of all, before anything is connected. */
    void check(@Observes @Priority(0) StartupEvent event) {
        boolean shared = redis.url().isPresent()
                || redis.sentinel().master().isPresent()
                || redis.cluster().nodes().isPresent();
        boolean production = LaunchMode.current() == LaunchMode.NORMAL && shared;
        Optional<String> problem = session.secret().stream()
                .flatMap(secret -> problem(secret).stream())
                .findFirst();
        if (production && problem.isPresent()) {
            throw new IllegalStateException(problem.get());
        }
        problem.ifPresent(LOG::warn);
        if (production && session.secret().stream().anyMatch(secret -> bytes(secret) < LONG_ENOUGH)) {
            LOG.warnf("TANDEM_SESSION_SECRET should have %d bytes or more, and be random", LONG_ENOUGH);
        }
        checkTokens();
        if (users.ttl().compareTo(session.ttl()) < 0) {
            throw new IllegalStateException("tandem.users.ttl must not be shorter than tandem.session.ttl");
        }
    }

    /** What is wrong with a session secret; does not say the secret. */
    static Optional<String> problem(String secret) {
        if (secret.equals(SessionConfig.DEV_SECRET)) {
            return Optional.of(
                    "TANDEM_SESSION_SECRET is not set: in production a node does not start with the development secret.");
        } else if (KNOWN.contains(secret.toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    "TANDEM_SESSION_SECRET is one that everybody knows: in production a node does not start with it.");
        } else if (bytes(secret) < SHORTEST) {
            return Optional.of("TANDEM_SESSION_SECRET has less than " + SHORTEST
                    + " bytes: in production a node does not start with one that can be guessed.");
        }
        return Optional.empty();
    }

    /** In development too: there is no default that would have to be allowed. */
    private void checkTokens() {
        jwt.secret().filter(secret -> bytes(secret) < SHORTEST_HMAC).ifPresent(tooShort -> {
            throw new IllegalStateException("tandem.jwt.secret must have at least " + SHORTEST_HMAC + " bytes");
        });
        if (jwt.isOn() && jwt.audience().isEmpty()) {
            LOG.warn("Tokens are believed whoever they are for, unless they say so: set TANDEM_JWT_AUDIENCE");
        }
    }

    private static int bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length;
    }
}
