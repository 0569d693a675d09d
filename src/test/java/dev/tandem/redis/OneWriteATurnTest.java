package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that commands of one turn of the event loop reach Redis together: it says itself how often it had to read. */
class OneWriteATurnTest {
    private static final int COMMANDS = 200;

    private final RedisProcess redis = RedisProcess.start();
    private final TestPair pair = TestPair.open(redis.url());

    @BeforeEach
    void connect() {
        await().until(pair::isReady);
    }

    @AfterEach
    void close() {
        pair.close();
        redis.close();
    }

    @Test
    void whatOneTurnSendsIsWrittenOnce() throws Exception {
        long before = reads();

        CompletableFuture<List<Response>> answers = new CompletableFuture<>();
        pair.loop().execute(() -> inOneTurn().onComplete(all -> answers.complete(all.result())));

        assertThat(answers.get(10, TimeUnit.SECONDS))
                .hasSize(COMMANDS)
                .allMatch(pong -> pong.toString().equals("PONG"));
        assertThat(reads() - before).isLessThan(COMMANDS / 4);
    }

    private Future<List<Response>> inOneTurn() {
        return Future.all(Stream.generate(this::ping).limit(COMMANDS).toList()).map(all -> all.<Response>list());
    }

    private Future<Response> ping() {
        return pair.commands().ask(Commands.Effect.READ, Request.cmd(Command.PING));
    }

    private long reads() {
        return pair.commands()
                .read(Request.cmd(Command.INFO).arg("stats"))
                .await()
                .atMost(Duration.ofSeconds(10))
                .toString()
                .lines()
                .filter(line -> line.startsWith("total_reads_processed:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
