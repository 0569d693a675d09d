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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that connections on which more waits than is answered within a probe's timeout are not torn down for it. */
class BacklogTest {
    private static final int COMMANDS = 30;
    private static final int MOST_QUEUED = 50;
    /** Longer than a probe is patient. */
    private static final int ROUNDS = 15;
    /** In which Redis answers a few, so that the lane is filled again before there is room for anything else. */
    private static final long REFILL_MILLIS = 400;
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
            "500ms",
            "redis.max-in-flight",
            "10",
            "redis.max-queued",
            String.valueOf(MOST_QUEUED)));

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

        for (CompletableFuture<Response> answer : askSlowly(COMMANDS)) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).hasToString("done");
        }
        await().until(pair::isReady);
        assertThat(connections()).isEqualTo(connections);
    }

    @Test
    void probeFindsAPlaceWhereNothingElseDoes() throws Exception {
        String connections = connections();
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            answers.addAll(askSlowly(2 * MOST_QUEUED));
            Thread.sleep(REFILL_MILLIS);
        }

        for (CompletableFuture<Response> answer : answers) {
            answer.handle((done, failure) -> failure == null ? 0 : refused.incrementAndGet())
                    .get(60, TimeUnit.SECONDS);
        }
        assertThat(refused).hasValueGreaterThan(answers.size() / 2);
        await().until(pair::isReady);
        assertThat(connections()).isEqualTo(connections);
    }

    private List<CompletableFuture<Response>> askSlowly(int times) {
        return Stream.generate(() -> pair.commands()
                        .ask(
                                Commands.Effect.ONCE,
                                Request.cmd(Command.EVAL).arg(SLOW).arg(0).arg(LONG))
                        .toCompletionStage()
                        .toCompletableFuture())
                .limit(times)
                .toList();
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
