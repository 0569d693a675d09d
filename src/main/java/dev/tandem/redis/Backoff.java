package dev.tandem.redis;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before connecting again: {@code min(attempt x step, max)}, changed by up to {@code jitter} of itself; and for how
 * many attempts, 0 for ever.
 */
record Backoff(Duration step, Duration max, double jitter, int maxAttempts, DoubleSupplier random) {

    /** True if failed attempt number {@code attempt} was the last one. */
    boolean isExhaustedBy(int attempt) {
        return maxAttempts > 0 && attempt >= maxAttempts;
    }

    /** The wait after failed attempt number {@code attempt}; attempt 0 is a connection that was ready and got lost. */
    Duration after(int attempt) {
        long base = Math.min(step.toMillis() * Math.max(attempt, 1), max.toMillis());
        double spread = 1 + jitter * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(base * spread)));
    }
}
