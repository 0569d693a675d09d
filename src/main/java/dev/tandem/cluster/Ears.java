package dev.tandem.cluster;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.Subscription;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The subscriptions of one namespace. Each is tried until it is there; from then on it is the pair that keeps it through every loss
 * of the connection. From any thread.
 */
final class Ears {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean closed;
    private volatile boolean open;

    /**
     * Opens them now. Completes when this node hears all of them; fails with {@code redis_unavailable} if that takes longer than
     * {@code limit}, and yet it is tried on.
     */
    Uni<Void> open(List<Supplier<Uni<Subscription>>> all, Duration limit) {
        Uni<Void> opened = ClusterBus.begun(Uni.join()
                .all(all.stream().map(this::listen).toList())
                .andFailFast()
                .replaceWithVoid()
                .invoke(() -> open = true));
        return ClusterBus.begun(opened.ifNoItem()
                .after(limit)
                .failWith(() -> new TandemException(
                        ErrorCode.REDIS_UNAVAILABLE, "Other servers are not heard yet; it is tried on.")));
    }

    /** Whether all of them are there. */
    boolean isOpen() {
        return open;
    }

    synchronized void close() {
        closed = true;
        open = false;
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }

    private Uni<Void> listen(Supplier<Uni<Subscription>> subscribe) {
        return Uni.createFrom()
                .deferred(() -> isClosed() ? Uni.createFrom().<Subscription>nullItem() : subscribe.get())
                .onFailure()
                .retry()
                .withBackOff(RETRY, RETRY)
                .indefinitely()
                .invoke(this::keep)
                .replaceWithVoid();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void keep(Subscription subscription) {
        if (subscription == null) {
            return;
        } else if (closed) {
            subscription.close();
        } else {
            subscriptions.add(subscription);
        }
    }
}
