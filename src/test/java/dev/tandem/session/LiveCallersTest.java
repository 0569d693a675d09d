package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies whose connections end with a proof, be it that of one or of many. */
class LiveCallersTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Ended ended = new Ended(null, null, null, new SimpleMeterRegistry());
    private final LiveCallers live = new LiveCallers(VERTX, ended);
    private final Caller.OfKey caller =
            new Caller.OfKey(new UserRef(new UserId("backend"), "Backend"), "k1", Set.of(Scope.PUBLISH));

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5_000})
    void allWhoAreStillThereAreEndedOnceAndNobodyElse(int connections) {
        List<Integer> told = new ArrayList<>();
        List<Runnable> gone = IntStream.range(0, connections)
                .mapToObj(i -> live.add(caller, () -> told.add(i)))
                .toList();
        gone.get(0).run();

        ended.hear(ProofName.ofKey("k2"));
        assertThat(told).isEmpty();
        ended.hear(ProofName.ofKey("k1"));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1, connections).boxed().toList());

        told.clear();
        gone.forEach(Runnable::run);
        ended.hear(ProofName.ofUser(caller.user().id()));
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key k1", "user backend"})
    void whoIsLetInJustTooLateIsEndedToo(String proof) {
        List<String> told = new ArrayList<>();
        ended.hear(proof);
        live.add(caller, () -> told.add(proof));
        assertThat(told).isNotEmpty().containsOnly(proof);
    }
}
