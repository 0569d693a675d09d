package dev.tandem.limit;

import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Keeps operations to their limits, over all nodes: one bucket for each user and one for each address. From any thread. An operation
 * without a limit costs nothing; one that is over its limit is not asked about in Redis again until its time has come.
 */
@Singleton
public class RateLimits {
    /** Operations that have a limit unless the settings say otherwise. */
    private static final Map<String, Limit> DEFAULTS = Map.of(
            Operations.CREDENTIALS, Limit.valueOf("30/1m"),
            Operations.GUESTS, Limit.valueOf("1000/1m"),
            Operations.PASSWORD, Limit.valueOf("10/1m"),
            Operations.PASSWORDS_OF_ROOM, Limit.valueOf("300/1m"));

    private final Map<String, Limit> limits;
    private final Scripts scripts;
    private final MeterRegistry registry;
    private final Refused refused;
    private final Script take = Script.load("take-token", Effect.REPEATABLE);

    @Inject
    RateLimits(LimitConfig config, Scripts scripts, MeterRegistry registry) {
        this(config, scripts, registry, System::nanoTime);
    }

    RateLimits(LimitConfig config, Scripts scripts, MeterRegistry registry, LongSupplier nanoTime) {
        this.limits = Map.copyOf(config.operations());
        this.scripts = scripts;
        this.registry = registry;
        this.refused = new Refused(nanoTime);
    }

    /**
     * Completes if the operation may be done, once, for that user and from that address; a null one is not counted. Fails with {@code
     * rate_limited}, which says when to come back, and as {@link dev.tandem.redis.Commands} does. One round trip if there is a limit.
     */
    public Uni<Void> require(String operation, UserId user, String address) {
        Limit limit = limit(operation);
        if (limit.isOff()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> buckets = Stream.of(
                        Optional.ofNullable(user).map(id -> "user:" + id),
                        Optional.ofNullable(address).map(Addresses::bucket))
                .flatMap(Optional::stream)
                .map(whom -> take(operation, limit, LimitKeys.bucket(operation, whom)))
                .toList();
        return buckets.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(buckets).andFailFast().replaceWithVoid();
    }

    /** Whether the operation has a limit at all. */
    public boolean isLimited(String operation) {
        return !limit(operation).isOff();
    }

    /** The same for something else than a user or an address, by a name that is no user's and no address'. */
    public Uni<Void> require(String operation, String whom) {
        Limit limit = limit(operation);
        return limit.isOff() ? Uni.createFrom().voidItem() : take(operation, limit, LimitKeys.bucket(operation, whom));
    }

    /** Fails with {@code rate_limited} if this node was told so and the time has not come; asks nobody, and takes nothing. */
    public Uni<Void> check(String operation, String address) {
        if (address == null) {
            return Uni.createFrom().voidItem();
        }
        return refused.wait(LimitKeys.bucket(operation, Addresses.bucket(address)))
                .map(wait -> this.<Void>refuse(operation, wait))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Limit limit(String operation) {
        Limit configured = limits.get(operation);
        return configured != null ? configured : DEFAULTS.getOrDefault(operation, Limit.NONE);
    }

    private Uni<Void> take(String operation, Limit limit, String bucket) {
        Optional<Duration> wait = refused.wait(bucket);
        if (wait.isPresent()) {
            return refuse(operation, wait.get());
        }
        return scripts.run(
                        take,
                        List.of(bucket),
                        Integer.toString(limit.capacity()),
                        Long.toString(limit.period().toMillis()))
                .chain(millis -> millis.toLong() == 0
                        ? Uni.createFrom().voidItem()
                        : refuseFor(operation, bucket, Duration.ofMillis(millis.toLong())));
    }

    private Uni<Void> refuseFor(String operation, String bucket, Duration wait) {
        refused.add(bucket, wait);
        return refuse(operation, wait);
    }

    private <T> Uni<T> refuse(String operation, Duration wait) {
        registry.counter("tandem.limits.refused", "operation", operation).increment();
        return Uni.createFrom().failure(TandemException.rateLimited(wait));
    }
}
