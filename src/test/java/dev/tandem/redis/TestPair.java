package dev.tandem.redis;

import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A pair of connections as a node has it, without the node; several of them are several nodes. */
public final class TestPair implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final RedisLoop loop = new RedisLoop(vertx);
    private final RedisPair pair;

    private TestPair(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RedisConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("tandem." + name, value));
        RedisConfig config = builder.build().getConfigMapping(RedisConfig.class);
        NodeId node = new NodeId(RandomText.letters(8));
        pair = new RedisPair(vertx, loop, config, node, null, new Nobody(), new SimpleMeterRegistry());
    }

    /** Opens a pair to that Redis. */
    public static TestPair open(String url) {
        return open(Map.of("redis.url", url));
    }

    /** The same by settings, without their prefix: {@code redis.cluster.nodes}. */
    public static TestPair open(Map<String, String> settings) {
        TestPair opened = new TestPair(settings);
        opened.pair.start(null);
        return opened;
    }

    public Vertx vertx() {
        return vertx;
    }

    public RedisLoop loop() {
        return loop;
    }

    public Commands commands() {
        return pair.commands();
    }

    public Scripts scripts() {
        return pair.scripts();
    }

    public PubSub pubSub() {
        return pair.pubSub();
    }

    public RedisPair pair() {
        return pair;
    }

    public boolean isReady() {
        return pair.isReady();
    }

    @Override
    public void close() {
        pair.close().await().atMost(Duration.ofSeconds(10));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Nobody hears of the connections' states. */
    private static final class Nobody implements Event<LinkTransition> {
        @Override
        public void fire(LinkTransition transition) {}

        @Override
        public <U extends LinkTransition> CompletionStage<U> fireAsync(U transition) {
            return CompletableFuture.completedFuture(transition);
        }

        @Override
        public <U extends LinkTransition> CompletionStage<U> fireAsync(U transition, NotificationOptions options) {
            return CompletableFuture.completedFuture(transition);
        }

        @Override
        public Event<LinkTransition> select(Annotation... qualifiers) {
            return this;
        }

        @Override
        public <U extends LinkTransition> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends LinkTransition> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
