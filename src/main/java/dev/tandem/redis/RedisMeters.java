package dev.tandem.redis;

import dev.tandem.error.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What the pair counts, under names that begin with {@code tandem_redis_}. */
final class RedisMeters {
    private final MeterRegistry registry;
    private final Timer roundTrip;
    private final Counter rejected;
    private final Counter messages;
    private final Counter bytes;
    private final Counter listenerFailures;
    private final Map<ErrorCode, Counter> failures = new EnumMap<>(ErrorCode.class);
    private final Map<Role, Counter> reconnects = new EnumMap<>(Role.class);

    RedisMeters(MeterRegistry registry) {
        this.registry = registry;
        this.roundTrip = Timer.builder("tandem.redis.roundtrip")
                .description("From the writing of a command to its answer")
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
        for (Role role : Role.values()) {
            reconnects.put(
                    role,
                    Counter.builder("tandem.redis.reconnects")
                            .tag("role", role.label())
                            .register(registry));
        }
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

    void reconnected(Role role) {
        reconnects.get(role).increment();
    }

    void received(int length) {
        messages.increment();
        bytes.increment(length);
    }

    void listenerFailed() {
        listenerFailures.increment();
    }
}
