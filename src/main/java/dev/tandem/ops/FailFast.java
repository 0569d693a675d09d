package dev.tandem.ops;

import dev.tandem.redis.LinkTransition;
import dev.tandem.redis.RedisConfig;
import dev.tandem.redis.RedisPair;
import dev.tandem.redis.Role;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** Ends a node that does not find Redis within the time that it is given, if it is given one; else a node waits, unready. */
@Singleton
class FailFast {
    private static final Logger LOG = Logger.getLogger(FailFast.class);

    private final Vertx vertx;
    private final RedisConfig config;
    private final RedisPair pair;
    private final Set<Role> neverReady = EnumSet.allOf(Role.class);

    FailFast(Vertx vertx, RedisConfig config, RedisPair pair) {
        this.vertx = vertx;
        this.config = config;
        this.pair = pair;
    }

    void start(@Observes StartupEvent event) {
        config.failFast().ifPresent(limit -> vertx.setTimer(limit.toMillis(), timer -> check(limit)));
    }

    synchronized void onTransition(@Observes LinkTransition transition) {
        if (transition.becameReady() && pair.isConnected(transition.role())) {
            neverReady.remove(transition.role());
        }
    }

    private synchronized void check(Duration limit) {
        if (!neverReady.isEmpty()) {
            LOG.fatalf(
                    "Redis was not there within %d ms, and this node is told not to wait: address=%s commands=%s pubsub=%s",
                    limit.toMillis(), pair.address(), pair.described(Role.COMMANDS), pair.described(Role.PUBSUB));
            Quarkus.asyncExit(1);
        }
    }
}
