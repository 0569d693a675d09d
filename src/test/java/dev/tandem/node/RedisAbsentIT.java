package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.FreePorts;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies what a node does that starts while its Redis is not there: it waits, as long as it is told to, and shows it. */
class RedisAbsentIT {
    /** The contract's bound for healing a connection. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void attemptsCanBeCounted() {
        String dead = "redis://127.0.0.1:" + FreePorts.next();
        try (TandemNode impatient =
                TandemNode.launch("impatient", Map.of("TANDEM_REDIS_URL", dead, "TANDEM_REDIS_MAX_ATTEMPTS", "2"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> impatient.log().contains("gave up attempts=2"));
            await().ignoreExceptions()
                    .until(() -> impatient.get("/q/health/ready").body().contains("gave up attempts=2"));

            assertThat(impatient.get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(impatient.get("/q/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nodeCanBeToldNotToWaitForRedis() {
        String dead = "redis://127.0.0.1:" + FreePorts.next();
        try (TandemNode hasty =
                TandemNode.launch("hasty", Map.of("TANDEM_REDIS_URL", dead, "TANDEM_REDIS_FAIL_FAST", "1s"))) {
            assertThat(hasty.awaitExit()).isEqualTo(1);
            assertThat(hasty.log()).contains("Redis was not there within 1000 ms");
        }
    }

    @Test
    void nodeWaitsUnreadyForARedisThatComesLater() throws Exception {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.kill();
            try (TandemNode patient = TandemNode.launch("patient", Map.of("TANDEM_REDIS_URL", redis.url()))) {
                await().atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> patient.get("/q/health/live").statusCode() == 200);
                assertThat(patient.isReady()).isFalse();

                redis.launch();

                await().atMost(BOUND).until(patient::isReady);
            }
        }
    }
}
