package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that connections on which more waits than is answered within a probe's timeout are not torn down for it. */
class BacklogTest {
    private static final int COMMANDS = 30;
    /** A command that takes Redis 50 ms. */
    private static final String SLOW = """
            local function now() local t = redis.call('TIME') return t[1] * 1000000 + t[2] end
            local from = now()
            while now() - from < 50000 do end
            return 'done'""";
    /** More than Redis reads, and answers, in one go. */
    private static final String LONG = "x".repeat(20_000);

    private final RedisProcess redis = RedisProcess.start();
    private final RedisConsole console = redis.console();
    private final TestPair pair = TestPair.open(Map.of(
            "redis.url",
            redis.url(),
            "redis.command-timeout",
            "30s",
            "redis.probe-interval",
            "100ms",
            "redis.probe-timeout",
            "500ms"));

    @BeforeEach
    void connect() {
        await().until(pair::isReady);
    }

    @AfterEach
    void close() {
        pair.close();
        console.close();
        redis.close();
    }

    @Test
    void everyCommandIsAnsweredOnTheConnectionItWasWrittenTo() throws Exception {
        String connections = connections();
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            answers.add(pair.commands()
                    .ask(
                            Commands.Effect.ONCE,
                            Request.cmd(Command.EVAL).arg(SLOW).arg(0).arg(LONG))
                    .toCompletionStage()
                    .toCompletableFuture());
        }

        for (CompletableFuture<Response> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).hasToString("done");
        }
        await().until(pair::isReady);
        assertThat(connections()).isEqualTo(connections);
    }

    /** Those that Redis has accepted since it started, the pair's two and the console's. */
    private String connections() {
        return String.valueOf(console.command("INFO", "stats"))
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .findFirst()
                .orElseThrow();
    }
}
