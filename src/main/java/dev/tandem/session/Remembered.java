package dev.tandem.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What was found lately, at most so much and for so long; of too much the oldest is forgotten. From any thread. */
final class Remembered<K, V> {
    private final int most;
    private final long nanos;
    private final LongSupplier nanoTime;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    private record Entry<V>(V value, long at) {}

    Remembered(int most, Duration length, LongSupplier nanoTime) {
        this.most = most;
        this.nanos = length.toNanos();
        this.nanoTime = nanoTime;
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
        entries.remove(key);
    }

    synchronized void forgetAll() {
        entries.clear();
    }
}
