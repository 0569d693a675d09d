package dev.tandem.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Buckets that are known to be empty, and until when; at most so many, of which the oldest is forgotten. From any thread. */
final class Refused {
    static final int MOST = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> until = new LinkedHashMap<>();

    Refused(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(String bucket, Duration wait) {
        until.put(bucket, nanoTime.getAsLong() + wait.toNanos());
        if (until.size() > MOST) {
            until.remove(until.keySet().iterator().next());
        }
    }

    /** How long that one stays empty; nothing if it is not known to be. */
    synchronized Optional<Duration> wait(String bucket) {
        Long end = until.get(bucket);
        if (end == null) {
            return Optional.empty();
        }
        long left = end - nanoTime.getAsLong();
        if (left <= 0) {
            until.remove(bucket);
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(left));
    }
}
