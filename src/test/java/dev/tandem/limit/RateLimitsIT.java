package dev.tandem.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.Scripts;
import dev.tandem.redis.TestPair;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that an operation is kept to its limit over all nodes, against a real Redis. */
class RateLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static RedisProcess redis;
    private static TestPair one;
    private static TestPair other;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        one = TestPair.open(redis.url());
        other = TestPair.open(redis.url());
        await().until(() -> one.isReady() && other.isReady());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void letsThroughAsManyAsThereMayBeAndSaysWhenToComeBack() {
        RateLimits limits = limits(one, "a", "3/1m");

        for (int i = 0; i < 3; i++) {
            require(limits, "a", null, "10.0.0.1");
        }

        TandemException refused = refusal(limits, "a", null, "10.0.0.1");
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfterSeconds().orElseThrow()).isBetween(15L, 20L);
    }

    @Test
    void countsForAllNodesTogether() {
        RateLimits here = limits(one, "b", "2/1m");
        RateLimits there = limits(other, "b", "2/1m");

        require(here, "b", null, "10.0.0.1");
        require(there, "b", null, "10.0.0.1");

        assertThat(refusal(here, "b", null, "10.0.0.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal(there, "b", null, "10.0.0.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void countsEachAddressAndEachUserForItself() {
        RateLimits limits = limits(one, "c", "1/1m");

        require(limits, "c", null, "10.0.0.1");
        require(limits, "c", null, "10.0.0.2");
        require(limits, "c", new UserId("ann"), null);
        require(limits, "c", new UserId("bob"), null);

        assertThat(refusal(limits, "c", new UserId("ann"), null).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal(limits, "c", new UserId("eve"), "10.0.0.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void letsThroughAgainWhenTheTimeHasCome() {
        RateLimits limits = limits(one, "d", "1/2s");
        require(limits, "d", null, "10.0.0.1");
        assertThat(refusal(limits, "d", null, "10.0.0.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> require(limits, "d", null, "10.0.0.1"));
    }

    @Test
    void doesNotAskRedisAboutABucketThatIsKnownToBeEmpty() {
        RateLimits limits = limits(one, "e", "1/1h");
        require(limits, "e", null, "10.0.0.1");
        refusal(limits, "e", null, "10.0.0.1");

        try (RedisConsole console = redis.console()) {
            console.command("DEL", "limit:e:address:10.0.0.1");
            assertThat(refusal(limits, "e", null, "10.0.0.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(console.command("EXISTS", "limit:e:address:10.0.0.1")).isEqualTo(0L);
        }
    }

    @Test
    void keepsNothingForAnOperationWithoutLimit() {
        RateLimits limits = limits(one, "f", "0");

        for (int i = 0; i < 100; i++) {
            require(limits, "f", new UserId("ann"), "10.0.0.1");
        }

        try (RedisConsole console = redis.console()) {
            assertThat((List<?>) console.command("KEYS", "limit:f:*")).isEmpty();
        }
    }

    @Test
    void bucketGoesByItself() {
        RateLimits limits = limits(one, "g", "2/6s");

        require(limits, "g", null, "10.0.0.1");

        try (RedisConsole console = redis.console()) {
            assertThat((Long) console.command("PTTL", "limit:g:address:10.0.0.1"))
                    .isBetween(1L, 3_100L);
            await().atMost(PATIENCE)
                    .until(() -> console.command("EXISTS", "limit:g:address:10.0.0.1")
                            .equals(0L));
        }
    }

    private static RateLimits limits(TestPair node, String operation, String limit) {
        LimitConfig config = () -> Map.of(operation, Limit.valueOf(limit));
        return new RateLimits(config, new Scripts(node.commands(), false), new SimpleMeterRegistry());
    }

    private static void require(RateLimits limits, String operation, UserId user, String address) {
        limits.require(operation, user, address).await().atMost(PATIENCE);
    }

    private static TandemException refusal(RateLimits limits, String operation, UserId user, String address) {
        TandemException[] refusal = new TandemException[1];
        assertThatThrownBy(() -> require(limits, operation, user, address))
                .isInstanceOfSatisfying(TandemException.class, failure -> refusal[0] = failure);
        return refusal[0];
    }
}
