package dev.tandem.gateway.websocket;

import dev.tandem.outbound.Outbound;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plain WebSockets that are open. From any thread. */
@Singleton
public class PlainConnections {
    /** Close code: the node goes away, come back. */
    private static final int SERVICE_RESTART = 1012;

    private final Set<Outbound> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    PlainConnections(MeterRegistry registry) {
        Gauge.builder("tandem.sockets", open::size)
                .description("Open connections")
                .tag("door", "websocket")
                .register(registry);
    }

    /** At stop: takes nobody in any more, and tells every client to come back, to another node. */
    public void drain() {
        draining = true;
        open.forEach(PlainConnections::sendAway);
    }

    /** Connections that are open. */
    public int size() {
        return open.size();
    }

    boolean isDraining() {
        return draining;
    }

    void add(Outbound outbound) {
        open.add(outbound);
        if (draining) {
            sendAway(outbound);
        }
    }

    void remove(Outbound outbound) {
        open.remove(outbound);
    }

    private static void sendAway(Outbound outbound) {
        outbound.close(SERVICE_RESTART, "node goes away");
    }
}
