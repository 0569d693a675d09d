package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.redis.DialerBench.Tls;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies what is known of a command behind which the replicas are counted, on a real primary. */
class ReplicatedCallTest {
    private static final Duration BRIEFLY = Duration.ofMillis(200);

    private final DialerBench bench = new DialerBench();
    private RedisProcess primary;

    @BeforeEach
    void start() {
        primary = RedisProcess.start();
    }

    @AfterEach
    void stop() {
        bench.close();
        primary.close();
    }

    @Test
    void countsTheReplicasThatHaveIt() throws Throwable {
        try (RedisProcess replica = RedisProcess.replicaOf(primary);
                RedisConsole console = replica.console()) {
            Call.Replicated done = send(Request.cmd(Command.SET).arg("key").arg("value"), Duration.ofSeconds(5));

            assertThat(done.reply()).hasToString("OK");
            assertThat(done.replicas()).isEqualTo(1);
            assertThat(console.command("GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void countsNoReplicaThatHangs() throws Throwable {
        try (RedisProcess replica = RedisProcess.replicaOf(primary)) {
            replica.hang();

            Call.Replicated done = send(Request.cmd(Command.SET).arg("key").arg("value"), BRIEFLY);

            assertThat(done.reply()).hasToString("OK");
            assertThat(done.replicas()).isZero();
            replica.goOn();
        }
    }

    @Test
    void refusalOfTheCommandIsItsFailure() {
        Request unknown = Request.cmd(Command.EVALSHA).arg("0".repeat(40)).arg(0);

        assertThatThrownBy(() -> send(unknown, BRIEFLY)).matches(RedisFailures::isUnknownScript);
    }

    @Test
    void refusalOfTheCountMeansThatNoReplicaIsKnownToHaveIt() throws Throwable {
        try (RedisConsole console = primary.console()) {
            console.command("ACL", "SETUSER", "default", "-wait");

            Call.Replicated done = send(Request.cmd(Command.SET).arg("key").arg("value"), BRIEFLY);

            assertThat(done.replicas()).isZero();
            assertThat(console.command("GET", "key")).isEqualTo("value");
        }
    }

    private Call.Replicated send(Request request, Duration within) throws Throwable {
        DialedConnection dialed = bench.dial(primary.url(), Tls.UNSET);
        Call<Call.Replicated> call = Call.replicated(Commands.Effect.ONCE, request, 1, within, Long.MAX_VALUE);
        Future<Call.Replicated> answer = call.writeTo(dialed.connection(), System.nanoTime());
        return DialerBench.await(answer);
    }
}
