package dev.tandem.jobs;

import dev.tandem.redis.RedisPair;
import dev.tandem.redis.Role;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says, on every node, how its two connections are. */
@Singleton
class ConnectionReport {
    private static final Logger LOG = Logger.getLogger(ConnectionReport.class);

    private final RedisPair pair;

    ConnectionReport(RedisPair pair) {
        this.pair = pair;
    }

    @NonBlocking
    @Scheduled(identity = "connection-report", every = "${tandem.redis.report-every:30s}")
    void report() {
        for (Role role : Role.values()) {
            LOG.debugf(
                    "Redis connection: role=%s state=%s probed=%dms ago address=%s",
                    role.label(), pair.described(role), pair.probeAge(role).toMillis(), pair.address());
        }
    }
}
