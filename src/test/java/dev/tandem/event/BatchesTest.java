package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.id.RoomId;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.TestPair;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that rooms are worked on in batches, one after another, each room once, and never too many. */
class BatchesTest {
    private static final RoomId A = new RoomId("a");
    private static final RoomId B = new RoomId("b");
    private static final RoomId C = new RoomId("c");

    private static RedisProcess redis;
    private static TestPair pair;

    private final List<Map<RoomId, String>> batches = new CopyOnWriteArrayList<>();
    private final List<UniEmitter<? super Void>> underWay = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        redis = RedisProcess.start();
        pair = TestPair.open(redis.url());
    }

    @AfterAll
    static void close() {
        pair.close();
        redis.close();
    }

    @AfterEach
    void end() {
        underWay.forEach(emitter -> emitter.complete(null));
    }

    @Test
    void firstIsWorkedOnAtOnceAndTheOthersTogetherWhenItIsDone() {
        Batches<String> all = batches(10, Duration.ZERO);

        run(() -> all.add(A, "1"));
        run(() -> all.add(B, "1"));
        run(() -> all.add(A, "2"));
        run(() -> all.add(B, "3"));

        assertThat(batches).containsExactly(Map.of(A, "1"));
        done(0);
        assertThat(batches).containsExactly(Map.of(A, "1"), Map.of(A, "2", B, "13"));
    }

    @Test
    void batchIsNoLargerThanItMayBe() {
        Batches<String> all = batches(2, Duration.ZERO);
        run(() -> all.add(A, "1"));
        List.of(A, B, C).forEach(room -> run(() -> all.add(room, "2")));

        done(0);
        assertThat(batches.get(1)).containsOnlyKeys(A, B);
        done(1);

        assertThat(batches.get(2)).containsOnlyKeys(C);
    }

    @Test
    void nextBatchWaitsForThePauseToEnd() {
        Batches<String> all = batches(10, Duration.ofSeconds(2));
        long began = System.nanoTime();
        run(() -> all.add(A, "1"));
        done(0);
        run(() -> all.add(B, "1"));

        assertThat(batches).hasSize(1);
        await().until(() -> batches.size() == 2);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_900));
    }

    @Test
    void whatFailsComesAgainWithWhatHasComeMeanwhile() {
        Batches<String> all = batches(10, Duration.ZERO);
        run(() -> all.add(A, "1"));
        run(() -> all.add(A, "2"));
        run(() -> all.add(B, "2"));

        underWay.get(0).fail(new IllegalStateException("not now"));

        await().until(() -> batches.size() == 2);
        assertThat(batches.get(1)).isEqualTo(Map.of(A, "12", B, "2"));
    }

    @Test
    void moreThanMayWaitAreRefusedUnlessTheyWaitAlready() {
        Batches<String> all = batches(10, Duration.ZERO);
        run(() -> all.add(A, "1"));
        for (int i = 0; i < Batches.MOST; i++) {
            RoomId room = new RoomId("room-" + i);
            assertThat(run(() -> all.add(room, "1"))).isTrue();
        }

        assertThat(run(() -> all.add(B, "1"))).isFalse();
        assertThat(run(() -> all.add(new RoomId("room-7"), "2"))).isTrue();

        run(() -> {
            all.clear();
            return null;
        });
        assertThat(run(() -> all.add(B, "1"))).isTrue();
    }

    @Test
    void whatWaitsIsHandedOverWhenItIsClosedAndNothingMoreIsWorkedOn() {
        Batches<String> all = batches(2, Duration.ZERO);
        run(() -> all.add(A, "1"));
        List.of(A, B, C).forEach(room -> run(() -> all.add(room, "2")));

        List<Map<RoomId, String>> rest = run(all::close);
        run(() -> all.add(A, "3"));
        done(0);

        assertThat(rest).containsExactly(Map.of(A, "2", B, "2"), Map.of(C, "2"));
        assertThat(batches).hasSize(1);
    }

    private Batches<String> batches(int size, Duration pause) {
        return new Batches<>(pair.vertx(), pair.loop(), size, pause, String::concat, batch -> {
            batches.add(batch);
            return Uni.createFrom().emitter(underWay::add);
        });
    }

    private void done(int batch) {
        run(() -> {
            underWay.get(batch).complete(null);
            return null;
        });
    }

    private static <T> T run(Supplier<T> what) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pair.loop().execute(() -> result.complete(what.get()));
        return result.join();
    }
}
