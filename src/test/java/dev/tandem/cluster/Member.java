package dev.tandem.cluster;

import dev.tandem.redis.Commands;
import dev.tandem.redis.TestPair;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** A node of a cluster without clients: a pair of connections, and on it the adapter of one namespace. */
public final class Member implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestPair pair;
    private final FakeNamespace namespace;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Adapter adapter;

    private Member(TestPair pair, FakeNamespace namespace, Map<String, String> settings) {
        this.pair = pair;
        this.namespace = namespace;
        this.adapter = factory(pair, settings, meters).create(namespace);
    }

    /** A member that hears the others; settings without their prefixes: {@code cluster.prefix}. */
    public static Member join(String redis, FakeNamespace namespace, Map<String, String> settings) {
        return join(Map.of("redis.url", redis), namespace, settings);
    }

    public static Member join(Map<String, String> redis, FakeNamespace namespace, Map<String, String> settings) {
        TestPair pair = TestPair.open(redis);
        Awaitility.await().atMost(PATIENCE).until(pair::isReady);
        Member member = new Member(pair, namespace, settings);
        member.adapter.init().await().atMost(PATIENCE);
        return member;
    }

    public static Member join(String redis) {
        return join(redis, new FakeNamespace("/chat"), Map.of());
    }

    private static RedisAdapterFactory factory(
            TestPair pair, Map<String, String> settings, SimpleMeterRegistry meters) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ClusterConfig.class)
                .withMapping(AdapterConfig.class)
                .withMapping(LogConfig.class)
                .withValidateUnknown(false);
        settings.forEach((name, value) -> builder.withDefaultValue("tandem." + name, value));
        var config = builder.build();
        ClusterConfig cluster = config.getConfigMapping(ClusterConfig.class);
        ClusterMeters counted = new ClusterMeters(meters);
        return new RedisAdapterFactory(
                cluster,
                config.getConfigMapping(AdapterConfig.class),
                new ClusterBus(pair.commands(), pair.pubSub(), pair.pair(), counted),
                new PendingRequests(pair.vertx(), pair.loop(), cluster, counted),
                new Aside(pair.vertx(), counted),
                counted,
                new LogStore(
                        pair.commands(),
                        pair.scripts(),
                        pair.loop(),
                        pair.vertx(),
                        config.getConfigMapping(LogConfig.class)));
    }

    /** The adapter of another namespace on the same connections, which is not opened yet. */
    Adapter another(FakeNamespace other, Map<String, String> settings) {
        return factory(pair, settings, new SimpleMeterRegistry()).create(other);
    }

    public FakeNamespace namespace() {
        return namespace;
    }

    public Adapter adapter() {
        return adapter;
    }

    public double count(String meter, String... tags) {
        return meters.get(meter).tags(tags).counter().count();
    }

    public TestPair pair() {
        return pair;
    }

    double pending() {
        return meters.get("tandem.cluster.requests.pending").gauge().value();
    }

    /** Publishes that, as some other peer might. */
    void publish(String channel, String message) {
        pair.commands()
                .send(
                        Commands.Effect.ONCE,
                        Request.cmd(Command.PUBLISH).arg(channel).arg(message))
                .await()
                .atMost(PATIENCE);
    }

    /** A client comes in, into the room of its own and into these. */
    public FakeSocket socket(String sid, String... rooms) {
        FakeSocket socket = new FakeSocket(sid);
        namespace.add(socket);
        adapter.addAll(sid, Set.of(sid)).await().atMost(PATIENCE);
        adapter.addAll(sid, Set.of(rooms)).await().atMost(PATIENCE);
        return socket;
    }

    @Override
    public void close() {
        adapter.close().await().atMost(PATIENCE);
        pair.close();
    }
}
