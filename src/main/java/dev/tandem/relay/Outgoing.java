package dev.tandem.relay;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The direction from here to another node. What is said in one turn of event loops leaves together, in the order of the calls; batches
 * are numbered from 0, and the first of them leaves even if it is empty, so that the other side hears of a new beginning.
 *
 * <p>{@link #say} is called from any thread, all else on the pair's event loop. Who says something bounds it: sockets by what may wait
 * for them, requests by their number.
 */
final class Outgoing {
    private final Function<Buffer, Uni<Void>> publish;
    private final Executor nextTurn;
    private final LongSupplier names;
    private final BiConsumer<Long, Throwable> onUnsent;

    private final Queue<RelayMessage> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long name;
    private long number;
    private boolean quiet;
    private volatile boolean closed;

    /** {@code names} gives each beginning its own; {@code onUnsent} hears the name of a direction in which something was not sent. */
    Outgoing(
            Function<Buffer, Uni<Void>> publish,
            Executor nextTurn,
            LongSupplier names,
            BiConsumer<Long, Throwable> onUnsent) {
        this.publish = publish;
        this.nextTurn = nextTurn;
        this.names = names;
        this.onUnsent = onUnsent;
        this.name = names.getAsLong();
    }

    long name() {
        return name;
    }

    void say(RelayMessage message) {
        if (!closed) {
            queue.add(message);
            schedule();
        }
    }

    /** There is nobody to say anything to. */
    void close() {
        closed = true;
        beginAnew();
    }

    /** Forgets what waits, and begins anew, with the next thing that is said or the next beat. */
    void beginAnew() {
        queue.clear();
        name = names.getAsLong();
        number = 0;
    }

    /** Lets the other side hear something if it has not since the last beat. */
    void beat() {
        if (quiet || number == 0) {
            publish(new Bundle());
        }
        quiet = true;
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            nextTurn.execute(() -> {
                scheduled.set(false);
                flush();
            });
        }
    }

    private void flush() {
        while (!closed && !queue.isEmpty()) {
            Bundle bundle = new Bundle();
            RelayMessage next;
            while (!bundle.isFull() && (next = queue.poll()) != null) {
                bundle.add(next);
            }
            publish(bundle);
        }
    }

    private void publish(Bundle bundle) {
        long direction = name;
        quiet = false;
        publish.apply(RelayCodec.encode(new Batch(direction, number++, bundle.messages())))
                .subscribe()
                .with(sent -> {}, failure -> onUnsent.accept(direction, failure));
    }
}
