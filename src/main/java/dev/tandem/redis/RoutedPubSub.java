package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Takes each subscription to the lane of the shard that its name belongs to. */
final class RoutedPubSub implements PubSub {
    private final Vertx vertx;
    private final RedisLoop loop;
    private final Shards shards;
    private final Duration timeout;
    private final boolean cluster;

    RoutedPubSub(Vertx vertx, RedisLoop loop, Shards shards, Duration timeout, boolean cluster) {
        this.vertx = vertx;
        this.loop = loop;
        this.shards = shards;
        this.timeout = timeout;
        this.cluster = cluster;
    }

    @Override
    public Uni<Subscription> subscribe(String channel, Listener listener) {
        return listen(PubSubLane.Kind.CHANNEL, channel, listener);
    }

    @Override
    public Uni<Subscription> ssubscribe(String channel, Listener listener) {
        return listen(cluster ? PubSubLane.Kind.SHARDED : PubSubLane.Kind.CHANNEL, channel, listener);
    }

    @Override
    public Uni<Subscription> psubscribe(String pattern, Listener listener) {
        return listen(PubSubLane.Kind.PATTERN, pattern, listener);
    }

    private Uni<Subscription> listen(PubSubLane.Kind kind, String name, Listener listener) {
        return Uni.createFrom().emitter(emitter -> loop.execute(() -> add(kind, name, listener, emitter)));
    }

    private void add(PubSubLane.Kind kind, String name, Listener listener, UniEmitter<? super Subscription> emitter) {
        Topics.Topic topic = shards.of(name).pubSub().add(kind, name, listener);
        Subscription subscription = () -> loop.execute(() -> topic.remove(listener));
        long timer = vertx.setTimer(timeout.toMillis(), late -> {
            subscription.close();
            emitter.fail(RedisFailures.unavailable("The subscription was not confirmed in time"));
        });
        topic.whenConfirmed(() -> {
            if (vertx.cancelTimer(timer)) {
                emitter.complete(subscription);
            }
        });
    }
}
