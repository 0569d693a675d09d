package dev.tandem.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The handlers of a socket's events, or of what other servers say to a namespace; bounded. From any thread. */
final class Listeners {
    private final Map<String, List<EventHandler>> byName = new ConcurrentHashMap<>();
    private final List<EventHandler> any = new CopyOnWriteArrayList<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int most;

    Listeners(int most) {
        this.most = most;
    }

    /** Fails with {@link IllegalStateException} if there are too many, which means that somebody adds them again and again. */
    void add(String event, EventHandler handler) {
        count();
        byName.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(handler);
    }

    void addAny(EventHandler handler) {
        count();
        any.add(handler);
    }

    void remove(String event) {
        List<EventHandler> removed = byName.remove(event);
        if (removed != null) {
            size.addAndGet(-removed.size());
        }
    }

    List<EventHandler> of(String event) {
        return byName.getOrDefault(event, List.of());
    }

    List<EventHandler> any() {
        return any;
    }

    private void count() {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            throw new IllegalStateException("More than " + most + " handlers.");
        }
    }
}
