package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.DialerBench.Tls;
import dev.tandem.redis.PubSubLane.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies, on a real Redis, that sharded channels are heard in the way that the server knows. */
class PubSubLaneTest {
    private final DialerBench bench = new DialerBench();
    private final Vertx vertx = Vertx.vertx();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private RedisProcess redis;
    private RedisConsole console;
    private PubSubLane lane;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        console = redis.console();
        lane = new PubSubLane(
                vertx,
                Duration.ofSeconds(5),
                new RedisMeters(new SimpleMeterRegistry()),
                new PubSubLane.Misdirection() {
                    @Override
                    public void onGivenUp() {
                        refused.add("given up");
                    }

                    @Override
                    public void onRefused(String reply) {
                        refused.add(reply);
                    }
                });
    }

    @AfterEach
    void stop() {
        console.close();
        bench.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({"true, SPUBLISH", "false, PUBLISH"})
    void hearsWhatIsPublishedInTheServersWay(boolean sharded, String publish) throws Throwable {
        List<String> own = new ArrayList<>();
        lane.add(Kind.SHARDED, "room", (channel, payload) -> heard.add(channel + " " + payload));
        lane.add(Kind.OWN, "own", (channel, payload) -> own.add(payload.toString()));

        DialerBench.await(lane.onConnected(bench.dial(redis.url(), Tls.UNSET).sharded(sharded)));
        long receivers = (Long) console.command(publish, "room", "hello");

        assertThat(receivers).isEqualTo(1);
        await().until(() -> heard.equals(List.of("room hello")));
        assertThat(own).isEmpty();
        assertThat(refused).isEmpty();
    }
}
