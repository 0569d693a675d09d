package dev.tandem.cluster;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event loop beside the pair's, for what takes longer than the pair should wait. In order; from any thread. When too much waits,
 * more is dropped and counted: the other servers see this one as silent.
 */
@Singleton
class Aside {
    private static final int MOST = 10_000;

    private final Context context;
    private final ClusterMeters meters;
    private final AtomicInteger waiting = new AtomicInteger();

    Aside(Vertx vertx, ClusterMeters meters) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.meters = meters;
    }

    void run(Runnable task) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            meters.dropped();
            return;
        }
        context.runOnContext(turn -> {
            waiting.decrementAndGet();
            task.run();
        });
    }
}
