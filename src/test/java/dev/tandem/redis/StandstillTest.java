package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a node whose event loop stood still does not take that for the silence of Redis. */
class StandstillTest {
    private static final Duration STANDSTILL = Duration.ofMillis(1000);

    private final RedisProcess redis = RedisProcess.start();
    private final TestPair pair = TestPair.open(Map.of("redis.url", redis.url(), "redis.command-timeout", "300ms"));

    @BeforeEach
    void connect() {
        await().until(pair::isReady);
    }

    @AfterEach
    void close() {
        pair.close();
        redis.close();
    }

    /** Between what is read in one turn of the event loop, and what is due then. */
    @Test
    void commandIsAnsweredAfterAStandstill() throws Exception {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        pair.loop()
                .execute(() -> ping().thenAccept(first -> {
                    ping().whenComplete((pong, failure) -> answer.complete(pong));
                    standStill();
                }));

        assertThat(answer.get(10, TimeUnit.SECONDS)).hasToString("PONG");
    }

    private CompletableFuture<Response> ping() {
        return pair.commands()
                .ask(Commands.Effect.ONCE, Request.cmd(Command.PING))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static void standStill() {
        try {
            Thread.sleep(STANDSTILL.toMillis());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
