package dev.tandem.redis;

import dev.tandem.error.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the pair counts, under names that begin with {@code tandem_redis_}. */
final class RedisMeters {
    private static final Duration[] ROUND_TRIPS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter heldBack;
    private final Counter resubscriptions;
    private final Timer roundTrip;
    private final Counter rejected;
    private final Counter redirections;
    private final Counter messages;
    private final Counter bytes;
    private final Counter listenerFailures;
    private final Map<ErrorCode, Counter> failures = new EnumMap<>(ErrorCode.class);

    RedisMeters(MeterRegistry registry) {
        this.registry = registry;
        this.roundTrip = Timer.builder("tandem.redis.roundtrip")
                .description("From the writing of a command to its answer")
                .serviceLevelObjectives(ROUND_TRIPS)
                .register(registry);
        this.sent = Counter.builder("tandem.redis.commands.sent")
                .description("Commands written, those repeated after a loss of the connection included")
                .register(registry);
        this.heldBack = Counter.builder("tandem.redis.commands.held.back")
                .description("Commands that had to wait, for a connection or for their turn")
                .register(registry);
        this.resubscriptions = Counter.builder("tandem.redis.resubscriptions")
                .description("Channels and patterns subscribed again on a new connection")
                .register(registry);
        this.rejected = Counter.builder("tandem.redis.commands.rejected")
                .description("Commands that Redis answered with an error")
                .register(registry);
        this.redirections = Counter.builder("tandem.redis.commands.redirected")
                .description("Commands that a server of the cluster sent elsewhere")
                .register(registry);
        this.messages = Counter.builder("tandem.redis.pubsub.messages").register(registry);
        this.bytes =
                Counter.builder("tandem.redis.pubsub.bytes").baseUnit("bytes").register(registry);
        this.listenerFailures =
                Counter.builder("tandem.redis.pubsub.listener.failures").register(registry);
        for (ErrorCode code :
                new ErrorCode[] {ErrorCode.REDIS_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.OVERLOADED}) {
            failures.put(
                    code,
                    Counter.builder("tandem.redis.commands.failed")
                            .description("Commands that got no answer")
                            .tag("code", code.wireName())
                            .register(registry));
        }
        // There from the beginning: what appears only with the first loss is no increase to those who watch.
        for (Role role : Role.values()) {
            for (LossCause cause : LossCause.values()) {
                reconnects(role, cause);
            }
        }
    }

    private Counter reconnects(Role role, LossCause cause) {
        return registry.counter("tandem.redis.reconnects", "role", role.label(), "cause", cause.label());
    }

    /** {@code ready} says whether every connection of that role is; {@code age} how long ago the one that proved itself first did so. */
    void watchLinks(Role role, BooleanSupplier ready, Supplier<Duration> age) {
        Gauge.builder("tandem.redis.connected", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 while the connection is ready, or all of them in a cluster")
                .tag("role", role.label())
                .register(registry);
        Gauge.builder("tandem.redis.probe.age", () -> age.get().toMillis() / 1000.0)
                .description(
                        "Time since the connection last proved, end to end, that it works; the longest in a cluster")
                .baseUnit("seconds")
                .tag("role", role.label())
                .register(registry);
    }

    void watchCommands(Shards shards) {
        watch(
                "tandem.redis.commands.in.flight",
                shards,
                shard -> shard.commands().onWire());
        watch("tandem.redis.commands.queued", shards, shard -> shard.commands().waiting());
        watch(
                "tandem.redis.commands.queued.bytes",
                shards,
                shard -> shard.commands().waitingBytes());
        watch("tandem.redis.subscriptions", shards, shard -> shard.pubSub().size());
    }

    private void watch(String name, Shards shards, ToLongFunction<Shard> size) {
        Gauge.builder(name, () -> shards.all().stream().mapToLong(size).sum()).register(registry);
    }

    void answered(long nanos) {
        roundTrip.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A server of the cluster said that a command belongs elsewhere. */
    void redirected() {
        redirections.increment();
    }

    void rejected() {
        rejected.increment();
    }

    void failed(ErrorCode code) {
        failures.get(code).increment();
    }

    /** A connection that was ready is lost and will be built anew. */
    void reconnected(Role role, String cause) {
        reconnects(role, LossCause.of(cause)).increment();
    }

    void sent(int commands) {
        sent.increment(commands);
    }

    void heldBack() {
        heldBack.increment();
    }

    void resubscribed(int names) {
        resubscriptions.increment(names);
    }

    void received(int length) {
        messages.increment();
        bytes.increment(length);
    }

    void listenerFailed() {
        listenerFailures.increment();
    }
}
