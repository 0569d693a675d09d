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
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

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

    void watchLink(Role role, Link link) {
        Gauge.builder("tandem.redis.connected", link, l -> l.isReady() ? 1 : 0)
                .description("1 while the connection is ready")
                .tag("role", role.label())
                .register(registry);
    }

    void watchCommands(IntSupplier inFlight, IntSupplier queued, LongSupplier queuedBytes) {
        Gauge.builder("tandem.redis.commands.in.flight", inFlight::getAsInt).register(registry);
        Gauge.builder("tandem.redis.commands.queued", queued::getAsInt).register(registry);
        Gauge.builder("tandem.redis.commands.queued.bytes", queuedBytes::getAsLong)
                .baseUnit("bytes")
                .register(registry);
    }

    void watchSubscriptions(IntSupplier subscriptions) {
        Gauge.builder("tandem.redis.subscriptions", subscriptions::getAsInt).register(registry);
    }

    void answered(long nanos) {
        roundTrip.record(nanos, TimeUnit.NANOSECONDS);
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

    void watchProbe(Role role, Probe probe) {
        Gauge.builder("tandem.redis.probe.age", probe, p -> p.age().toMillis() / 1000.0)
                .description("Time since the connection last proved, end to end, that it works")
                .baseUnit("seconds")
                .tag("role", role.label())
                .register(registry);
    }

    void received(int length) {
        messages.increment();
        bytes.increment(length);
    }

    void listenerFailed() {
        listenerFailures.increment();
    }
}
