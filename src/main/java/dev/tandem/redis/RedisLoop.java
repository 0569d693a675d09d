package dev.tandem.redis;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;

/**
 * The one event loop on which both connections live, and with them everything that is kept about rooms on this node. What runs
 * here must not block; in exchange it needs no locks, and sees commands' answers and published messages in one order.
 */
@Singleton
public class RedisLoop {
    private final ContextInternal context;

    RedisLoop(Vertx vertx) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Runs {@code task} on the loop: at once if this is the loop already, else soon and in order of the calls. */
    public void execute(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            executeNext(task);
        }
    }

    /** Runs {@code task} on the loop, after what is happening there now. From any thread, in order of the calls. */
    public void executeNext(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    /** True if the caller runs on this loop. */
    public boolean isCurrent() {
        return context.nettyEventLoop().inEventLoop();
    }

    Context context() {
        return context;
    }
}
