package dev.tandem.socketio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The handlers of a socket's events, or of what other servers say to a namespace; bounded. From any thread. */
final class Listeners {
    private final int most;
    /** Replaced when they change; most sockets have none. */
    private volatile Map<String, List<EventHandler>> byName = Map.of();

    private volatile List<EventHandler> any = List.of();
    private int size;

    Listeners(int most) {
        this.most = most;
    }

    /** Fails with {@link IllegalStateException} if there are too many, which means that somebody adds them again and again. */
    synchronized void add(String event, EventHandler handler) {
        count();
        Map<String, List<EventHandler>> more = new HashMap<>(byName);
        more.put(event, plus(of(event), handler));
        byName = Map.copyOf(more);
    }

    synchronized void addAny(EventHandler handler) {
        count();
        any = plus(any, handler);
    }

    synchronized void remove(String event) {
        size -= of(event).size();
        Map<String, List<EventHandler>> fewer = new HashMap<>(byName);
        fewer.remove(event);
        byName = Map.copyOf(fewer);
    }

    List<EventHandler> of(String event) {
        return byName.getOrDefault(event, List.of());
    }

    List<EventHandler> any() {
        return any;
    }

    private void count() {
        if (size == most) {
            throw new IllegalStateException("More than " + most + " handlers.");
        }
        size++;
    }

    private static List<EventHandler> plus(List<EventHandler> handlers, EventHandler added) {
        List<EventHandler> more = new ArrayList<>(handlers);
        more.add(added);
        return List.copyOf(more);
    }
}
