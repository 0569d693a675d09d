package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies on which event loop, and in which context, a connection is written. */
class OutboundsTest {
    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoIsWrittenToAndSetsATimerStaysOnTheLoop() throws Exception {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        TestOutbounds.of(1_000_000, 1_000)
                .open(
                        context.duplicate(),
                        wire(() -> vertx.setTimer(
                                1,
                                late -> onLoop.complete(context.nettyEventLoop().inEventLoop()))))
                .send(Frame.of("hi"));

        assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoIsWrittenToAndGoesOnLaterStaysOnTheLoop() throws Exception {
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

        TestOutbounds.of(1_000_000, 1_000)
                .open(
                        context.duplicate(),
                        wire(() -> vertx.getOrCreateContext()
                                .runOnContext(later ->
                                        onLoop.complete(context.nettyEventLoop().inEventLoop()))))
                .send(Frame.of("hi"));

        assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Wire wire(Runnable onWrite) {
        return new Wire() {
            @Override
            public Future<Void> write(Burst burst) {
                onWrite.run();
                return Future.succeededFuture();
            }

            @Override
            public void close(int code, String reason) {}
        };
    }
}
