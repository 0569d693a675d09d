package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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
    private final RedisTls tls;
    private final Opener opener;
    private final ReplicatedScripts replicatedScripts;
    private final CommandLane commandLane;
    private final PubSubLane pubSubLane;
    private final Link commandLink;
    private final Link pubSubLink;
    private final Probe commandProbe;
    private final Probe pubSubProbe;
    private final String probeChannel;
    private volatile Locator locator;

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
        this.probeChannel = "tandem:probe:" + node;
        this.commandLane = new CommandLane(vertx, loop, config, meters, this::onReadOnly);
        this.replicatedScripts = new ReplicatedScripts(commandLane, config);
        this.pubSubLane = new PubSubLane(vertx, loop, config.commandTimeout(), meters);
        this.tls = new RedisTls(config.tls());
        this.opener = new Opener(vertx, tls, config.connectTimeout(), config.maxInFlight());
        Dialer dialer = new Dialer(opener, () -> locator, node);
        this.commandLink = link(Role.COMMANDS, dialer, commandLane);
        this.pubSubLink = link(Role.PUBSUB, dialer, pubSubLane);
        this.commandProbe = new Probe(config.probeTimeout(), this::ping, commandLink::abandon);
        this.pubSubProbe = new Probe(config.probeTimeout(), this::echoAndPublish, pubSubLink::abandon);
        meters.watchProbe(Role.COMMANDS, commandProbe);
        meters.watchProbe(Role.PUBSUB, pubSubProbe);
    }

    /** Before any other observer of the start, so that they may send commands. Fails if the settings make no sense. */
    void start(@Observes @Priority(1) StartupEvent event) {
        commandLane.start();
        pubSubLane.keep(probeChannel, (channel, payload) -> pubSubProbe.onProof());
        Optional<SentinelSettings> sentinels = SentinelSettings.of(config);
        if (sentinels.isPresent()) {
            tls.check(sentinels.get().template(), vertx);
            open(new SentinelLocator(opener, sentinels.get()));
        } else if (config.url().isPresent()) {
            RedisAddress address = new RedisAddress(config.url().get());
            tls.check(address, vertx);
            open(new FixedLocator(address));
        } else {
            embedded.start(address -> open(new FixedLocator(address)));
        }
    }

    private void open(Locator redis) {
        locator = redis;
        commandLink.open();
        pubSubLink.open();
        loop.execute(() -> vertx.setPeriodic(config.probeInterval().toMillis(), timer -> probe()));
    }

    /** Where the connection of that role is in its life. */
    public LinkState state(Role role) {
        return link(role).state();
    }

    /** How long ago the connection of that role last proved, end to end, that it works. */
    public Duration probeAge(Role role) {
        return probe(role).age();
    }

    /** True if the connection of that role has proved that it works since it was made. */
    public boolean isProven(Role role) {
        return probe(role).isProven();
    }

    /** True if both connections are ready and have proved it lately. */
    public boolean isReady() {
        return isReady(Role.COMMANDS) && isReady(Role.PUBSUB);
    }

    /** True if the connection of that role is ready and has proved it lately. */
    public boolean isReady(Role role) {
        Duration limit = config.probeInterval().multipliedBy(2).plus(config.probeTimeout());
        return link(role).isReady() && isProven(role) && probeAge(role).compareTo(limit) <= 0;
    }

    /** Where Redis is, without secrets. */
    public String address() {
        return locator == null ? "none" : locator.displayed();
    }

    /**
     * Takes no more commands, waits for those under way, says QUIT on the command connection, then on the pub/sub connection.
     * Completes when both sockets are gone; never fails; each of the three steps takes at most the close timeout.
     */
    public Uni<Void> close() {
        Duration limit = config.closeTimeout();
        return Uni.createFrom()
                .emitter(emitter -> commandLane
                        .drain(limit)
                        .compose(drained -> commandLink.close(limit))
                        .compose(closed -> pubSubLink.close(limit))
                        .onComplete(closed -> emitter.complete(null)));
    }

    @Produces
    @Singleton
    Commands commands() {
        return commandLane;
    }

    @Produces
    @Singleton
    PubSub pubSub() {
        return pubSubLane;
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
        Redis held = Redis.newInstance(new HeldRedis(commandLane));
        return new ReactiveRedisDataSourceImpl(io.vertx.mutiny.core.Vertx.newInstance(vertx), held, RedisAPI.api(held));
    }

    private Link link(Role role, Dialer dialer, Link.Owner owner) {
        RedisConfig.Backoff rule = config.backoff();
        Backoff backoff = new Backoff(
                rule.step(),
                rule.max(),
                rule.jitter(),
                config.maxAttempts(),
                () -> ThreadLocalRandom.current().nextDouble());
        Link link = new Link(role, vertx, loop, dialer, backoff, owner, this::onTransition);
        meters.watchLink(role, link);
        return link;
    }

    private Link link(Role role) {
        return role == Role.COMMANDS ? commandLink : pubSubLink;
    }

    private Probe probe(Role role) {
        return role == Role.COMMANDS ? commandProbe : pubSubProbe;
    }

    private void onTransition(LinkTransition transition) {
        Probe probe = probe(transition.role());
        if (transition.to() instanceof LinkState.Ready) {
            probe.onReady();
        } else {
            probe.onLost();
        }
        if (transition.from() instanceof LinkState.Ready && transition.to() instanceof LinkState.Waiting waiting) {
            meters.reconnected(transition.role(), waiting.cause());
        }
        boolean bad = transition.to() instanceof LinkState.Waiting;
        LOG.logf(
                bad ? Logger.Level.WARN : Logger.Level.INFO,
                "Redis connection: role=%s %s -> %s",
                transition.role().label(),
                transition.from().label(),
                transition.to().described());
        transitions.fire(transition);
    }

    /** The primary became a replica, or never was one: it has to be looked up anew, for both. */
    private void onReadOnly() {
        commandLink.abandon("Redis is a read-only replica");
        pubSubLink.abandon("Redis is a read-only replica");
    }

    private void probe() {
        if (commandLink.isReady()) {
            commandProbe.tick();
        }
        if (commandLink.isReady() && pubSubLink.isReady()) {
            pubSubProbe.tick();
        }
    }

    private void ping(Probe probe) {
        commandLane.submit(Commands.Effect.ONCE, Probe.ping()).onSuccess(pong -> probe.onProof());
    }

    /** Both ways of the pub/sub connection: what is asked there comes back, and then what is published. */
    private void echoAndPublish(Probe probe) {
        pubSubLane.echo(this::publishToOneself);
    }

    private void publishToOneself() {
        commandLane.submit(Commands.Effect.ONCE, Probe.publish(probeChannel, Buffer.buffer("?")));
    }
}
