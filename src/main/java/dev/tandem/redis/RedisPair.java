package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The node's two Redis connections, and the only owner of both: made at start, healed whenever they break, closed in order at
 * stop. Everything else gets what it needs from here by injection. From any thread.
 */
@Singleton
public class RedisPair {
    private static final Logger LOG = Logger.getLogger(RedisPair.class);

    private final Vertx vertx;
    private final RedisLoop loop;
    private final RedisConfig config;
    private final EmbeddedRedis embedded;
    private final Event<LinkTransition> transitions;
    private final RedisMeters meters;
    private final Opener opener;
    private final Deployment deployment;
    private final Shards shards;
    private final RoutedCommands commands;
    private final RoutedPubSub pubSub;
    private final Scripts scripts;
    private final ReplicatedScripts replicatedScripts;

    RedisPair(
            Vertx vertx,
            RedisLoop loop,
            RedisConfig config,
            NodeId node,
            EmbeddedRedis embedded,
            Event<LinkTransition> transitions,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.loop = loop;
        this.config = config;
        this.embedded = embedded;
        this.transitions = transitions;
        this.meters = new RedisMeters(registry);
        this.opener = new Opener(vertx, new RedisTls(config.tls()), config.connectTimeout(), config.maxInFlight());
        Optional<ClusterSettings> cluster = ClusterSettings.of(config);
        Shard.Parts parts = new Shard.Parts(vertx, loop, config, node, opener, meters, this::onTransition);
        this.deployment = cluster.isPresent() ? new Cluster(parts, cluster.get()) : new OnePrimary(parts, this::locate);
        this.shards = deployment.shards();
        this.commands = new RoutedCommands(loop, shards, config.commandTimeout());
        this.pubSub = new RoutedPubSub(vertx, loop, shards, config.commandTimeout(), cluster.isPresent());
        this.scripts = new Scripts(commands, cluster.isPresent());
        this.replicatedScripts = new ReplicatedScripts(commands, scripts, config);
        meters.watchCommands(shards);
        for (Role role : Role.values()) {
            meters.watchLinks(role, () -> isConnected(role), () -> probeAge(role));
        }
    }

    /** Before any other observer of the start, so that they may send commands. Fails if the settings make no sense. */
    void start(@Observes @Priority(1) StartupEvent event) {
        deployment.open();
        loop.execute(() -> vertx.setPeriodic(
                config.probeInterval().toMillis(), timer -> shards.all().forEach(Shard::probe)));
    }

    /** Finds out which Redis is meant; the embedded one takes a while to be there. */
    private void locate(Consumer<Locator> found) {
        Optional<SentinelSettings> sentinels = SentinelSettings.of(config);
        if (sentinels.isPresent()) {
            opener.check(sentinels.get().template());
            found.accept(new SentinelLocator(opener, sentinels.get()));
        } else if (config.url().isPresent()) {
            RedisAddress address = new RedisAddress(config.url().get());
            opener.check(address);
            found.accept(new FixedLocator(address));
        } else {
            embedded.start(address -> found.accept(new FixedLocator(address)));
        }
    }

    /** How the connection of that role is; in a cluster, how many of them are ready, and how the others are. */
    public String described(Role role) {
        List<Shard> all = shards.all();
        if (!all.get(0).name().isEmpty()) {
            return describedShards(role, all);
        }
        return all.get(0).link(role).state().described();
    }

    private static String describedShards(Role role, List<Shard> all) {
        List<String> missing = all.stream()
                .filter(shard -> !shard.link(role).isReady())
                .map(shard -> "; shard " + shard.name() + " (" + shard.primary() + ") "
                        + shard.link(role).state().described())
                .toList();
        return (all.size() - missing.size()) + " of " + all.size() + " ready" + String.join("", missing);
    }

    /** How long ago the connection of that role last proved, end to end, that it works; in a cluster, the longest of all. */
    public Duration probeAge(Role role) {
        return shards.all().stream()
                .map(shard -> shard.probe(role).age())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** True if every connection of that role has proved that it works since it was made. */
    public boolean isProven(Role role) {
        return shards.all().stream().allMatch(shard -> shard.probe(role).isProven());
    }

    /** True if every connection of that role is there, whether it has proved lately that it works or not. */
    public boolean isConnected(Role role) {
        return shards.all().stream().allMatch(shard -> shard.link(role).isReady());
    }

    /** True if all connections are ready and have proved it lately. */
    public boolean isReady() {
        return isReady(Role.COMMANDS) && isReady(Role.PUBSUB);
    }

    /** True if every connection of that role is ready and has proved it lately. */
    public boolean isReady(Role role) {
        Duration limit = config.probeInterval().multipliedBy(2).plus(config.probeTimeout());
        return isConnected(role) && isProven(role) && probeAge(role).compareTo(limit) <= 0;
    }

    /** Where Redis is, without secrets. */
    public String address() {
        return deployment.displayed();
    }

    /**
     * Takes no more commands, waits for those under way, says QUIT on the command connection, then on the pub/sub connection.
     * Completes when both sockets are gone; never fails; each of the three steps takes at most the close timeout. In a cluster
     * all shards do so side by side.
     */
    public Uni<Void> close() {
        return Uni.createFrom()
                .emitter(emitter -> Future.join(shards.all().stream()
                                .map(shard -> shard.close(config.closeTimeout()))
                                .toList())
                        .onComplete(closed -> emitter.complete(null)));
    }

    @Produces
    @Singleton
    Commands commands() {
        return commands;
    }

    @Produces
    @Singleton
    PubSub pubSub() {
        return pubSub;
    }

    @Produces
    @Singleton
    Scripts scripts() {
        return scripts;
    }

    @Produces
    @Singleton
    ReplicatedScripts replicatedScripts() {
        return replicatedScripts;
    }

    /** Takes the place of the extension's own, which would lend a connection per command. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    ReactiveRedisDataSource dataSource() {
        Redis held = Redis.newInstance(new HeldRedis(commands));
        return new ReactiveRedisDataSourceImpl(io.vertx.mutiny.core.Vertx.newInstance(vertx), held, RedisAPI.api(held));
    }

    private void onTransition(Shard shard, LinkTransition transition) {
        if (transition.from() instanceof LinkState.Ready && transition.to() instanceof LinkState.Waiting waiting) {
            meters.reconnected(transition.role(), waiting.cause());
        }
        boolean bad = transition.to() instanceof LinkState.Waiting;
        LOG.logf(
                bad ? Logger.Level.WARN : Logger.Level.INFO,
                "Redis connection: %srole=%s %s -> %s",
                shard.name().isEmpty() ? "" : "shard=" + shard.name() + " ",
                transition.role().label(),
                transition.from().label(),
                transition.to().described());
        transitions.fire(transition);
    }
}
