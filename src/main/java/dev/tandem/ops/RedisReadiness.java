package dev.tandem.ops;

import dev.tandem.redis.RedisPair;
import dev.tandem.redis.Role;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready if both connections are, and have proved it lately. Only looks; asks Redis nothing. */
@Readiness
@Singleton
class RedisReadiness implements HealthCheck {
    private final RedisPair pair;

    RedisReadiness(RedisPair pair) {
        this.pair = pair;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("redis").status(pair.isReady());
        for (Role role : Role.values()) {
            response.withData(role.label(), pair.described(role));
            if (pair.isProven(role)) {
                response.withData(
                        role.label() + "ProbeAgeMillis", pair.probeAge(role).toMillis());
            }
        }
        return response.build();
    }
}
