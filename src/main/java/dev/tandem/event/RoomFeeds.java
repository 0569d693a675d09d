package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.RedisLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The feeds of all rooms that somebody on this node listens to. From any thread; listeners hear on the pair's event loop. */
@Singleton
public class RoomFeeds {
    private final RedisLoop loop;
    private final RoomLog log;
    private final PubSub pubSub;
    private final Vertx vertx;
    private final EventMeters meters;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<RoomId, RoomFeed> feeds = new HashMap<>();

    private final FeedRounds rounds = new FeedRounds(feeds::values);
    private final FeedConfig config;

    RoomFeeds(
            RedisLoop loop,
            RoomLog log,
            PubSub pubSub,
            Vertx vertx,
            EventMeters meters,
            FeedConfig config,
            MeterRegistry registry) {
        this.loop = loop;
        this.log = log;
        this.pubSub = pubSub;
        this.vertx = vertx;
        this.meters = meters;
        this.config = config;
        Gauge.builder("tandem.rooms.open", size::get)
                .description("Rooms that this node listens to")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        loop.execute(() -> rounds.start(vertx, config.checkEvery()));
    }

    /**
     * Listens to a room. Completes, on the pair's event loop, when everything that happens from then on is heard; fails with
     * {@code room_not_found} or {@code redis_unavailable}, and then nothing is heard.
     */
    public Uni<RoomSubscription> listen(RoomId room, RoomListener listener) {
        return Uni.createFrom()
                .<RoomFeed>emitter(emitter -> loop.execute(() -> emitter.complete(feed(room, listener))))
                .chain(feed -> feed.opened()
                        .onFailure()
                        .invoke(failure -> release(room, feed, listener))
                        .replaceWith(subscription(room, feed, listener)));
    }

    private RoomSubscription subscription(RoomId room, RoomFeed feed, RoomListener listener) {
        return new RoomSubscription() {
            @Override
            public RoomHead head() {
                return feed.head();
            }

            @Override
            public void close() {
                release(room, feed, listener);
            }
        };
    }

    private RoomFeed feed(RoomId room, RoomListener listener) {
        RoomFeed feed = feeds.computeIfAbsent(room, opened -> new RoomFeed(opened, log, pubSub, vertx, meters));
        feed.add(listener);
        size.set(feeds.size());
        return feed;
    }

    private void release(RoomId room, RoomFeed feed, RoomListener listener) {
        loop.execute(() -> {
            feed.remove(listener);
            if (feed.isUnheard() && feeds.remove(room, feed)) {
                feed.close();
                size.set(feeds.size());
            }
        });
    }
}
