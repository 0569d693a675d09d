package dev.tandem.engineio;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The sessions that this node owns, by their {@code sid}: the one place where they are looked up. From any thread. */
@Singleton
public class SessionRegistry {
    private final Map<String, EngineIoSession> sessions = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    SessionRegistry(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("tandem.sockets", sessions::size)
                .description("Open connections")
                .tag("door", "socketio")
                .register(meters);
    }

    /** Empty if the session is over, or another node's, or never was. */
    public Optional<EngineIoSession> find(String sid) {
        return Optional.ofNullable(sessions.get(sid));
    }

    /** Sessions whose transport has not gone. */
    int size() {
        return sessions.size();
    }

    void forEach(Consumer<EngineIoSession> action) {
        sessions.values().forEach(action);
    }

    void add(EngineIoSession session) {
        sessions.put(session.sid(), session);
    }

    void remove(String sid, CloseReason reason) {
        if (sessions.remove(sid) != null) {
            meters.counter("tandem.sockets.closed", "door", "socketio", "reason", reason.text())
                    .increment();
        }
    }
}
