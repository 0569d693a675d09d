package dev.tandem.event;

import dev.tandem.redis.PubSub;
import dev.tandem.redis.Subscription;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A publication on its way through a feed to one listener; the time of making the publication is in the first figure too. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoomFeedBenchmark {
    private static final String REST =
            "|{\"room\":\"lobby\",\"id\":\"0123456789abcdef\",\"text\":\"" + "x".repeat(64) + "\"}";

    private final Vertx vertx = Vertx.vertx();
    private RoomFeed feed;
    private Buffer repeated;
    private long seq;

    @Setup(Level.Trial)
    public void open(Blackhole listener) {
        ScriptedPast past = new ScriptedPast();
        past.post();
        seq = 1;
        EventMeters meters = new EventMeters(new SimpleMeterRegistry());
        feed = new RoomFeed(ScriptedPast.ROOM, past.log(), new OneChannel(), vertx, meters);
        feed.add(listener::consume);
        feed.opened().subscribe().with(opened -> {});
        past.answerAll();
        repeated = publication(1);
    }

    @TearDown(Level.Trial)
    public void close() {
        feed.close();
        vertx.close();
    }

    /** The next message, which is delivered. */
    @Benchmark
    public void next() {
        seq++;
        feed.onMessage("room:{lobby}", publication(seq));
    }

    /** A message that was delivered already. */
    @Benchmark
    public void repeat() {
        feed.onMessage("room:{lobby}", repeated);
    }

    /** What is in {@link #next} beside the feed. */
    @Benchmark
    public Buffer publicationAlone() {
        return publication(seq);
    }

    private static Buffer publication(long seq) {
        return Buffer.buffer("me1:" + seq + REST);
    }

    /** Confirms the subscription at once. */
    private static final class OneChannel implements PubSub {
        @Override
        public Uni<Subscription> ssubscribe(String channel, Listener listener) {
            return Uni.createFrom().item(() -> () -> {});
        }

        @Override
        public Uni<Subscription> subscribe(String channel, Listener listener) {
            throw new UnsupportedOperationException(channel);
        }

        @Override
        public Uni<Subscription> psubscribe(String pattern, Listener listener) {
            throw new UnsupportedOperationException(pattern);
        }
    }
}
