package dev.tandem.engineio;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many per second, and as many at once after a second without any. From any thread. */
final class TokenBucket {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    TokenBucket(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.tokens = perSecond;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Whether there was one left to take. */
    synchronized boolean tryTake() {
        long now = nanoTime.getAsLong();
        double seconds = (double) (now - filledAt) / TimeUnit.SECONDS.toNanos(1);
        tokens = Math.min(perSecond, tokens + seconds * perSecond);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
