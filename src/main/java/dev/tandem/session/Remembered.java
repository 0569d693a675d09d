package dev.tandem.session;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What was found lately, at most so much and for so long; of too much the oldest is forgotten. From any thread. */
final class Remembered<K, V> {
    private final int most;
    private final long nanos;
    private final LongSupplier nanoTime;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    /** How often something was forgotten. */
    private long forgotten;

    private record Entry<V>(V value, long at) {}

    Remembered(int most, Duration length, LongSupplier nanoTime) {
        this.most = most;
        this.nanos = length.toNanos();
        this.nanoTime = nanoTime;
    }

    /** What is remembered; else what {@code reading} finds, which is remembered, unless something is forgotten while it is read. */
    Uni<Optional<V>> get(K key, Supplier<Uni<Optional<V>>> reading) {
        Optional<V> known = get(key);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        long before = forgotten();
        return reading.get().invoke(found -> putUnlessForgotten(key, found, before));
    }

    synchronized void put(K key, V value) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, nanoTime.getAsLong()));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    synchronized Optional<V> get(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null || nanoTime.getAsLong() - entry.at() >= nanos) {
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    synchronized void forget(K key) {
        forgotten++;
        entries.remove(key);
    }

    synchronized void forgetAll() {
        forgotten++;
        entries.clear();
    }

    private synchronized long forgotten() {
        return forgotten;
    }

    private synchronized void putUnlessForgotten(K key, Optional<V> found, long before) {
        if (forgotten == before) {
            found.ifPresent(value -> put(key, value));
        }
    }
}
