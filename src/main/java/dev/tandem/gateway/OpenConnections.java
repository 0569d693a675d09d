package dev.tandem.gateway;

import dev.tandem.outbound.Outbound;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are open at one door: how many they are, why each ended, and what becomes of them at stop. From any thread. */
public class OpenConnections {
    /** The client ended it, or the network did; in the word of Socket.IO. */
    private static final String GONE = "transport close";

    private final Set<Outbound> open = ConcurrentHashMap.newKeySet();
    private final String door;
    private final int goingAway;
    private final MeterRegistry registry;
    private volatile boolean draining;

    /** {@code goingAway} is the close code for a node that stops. */
    public OpenConnections(String door, int goingAway, MeterRegistry registry) {
        this.door = door;
        this.goingAway = goingAway;
        this.registry = registry;
        Gauge.builder("tandem.sockets", open::size)
                .description("Open connections")
                .tag("door", door)
                .register(registry);
    }

    /** At stop: who is here, and who still comes, is told to go to another node. */
    public void drain() {
        draining = true;
        open.forEach(this::sendAway);
    }

    /** True from {@link #drain} on: nobody should be let in any more. */
    public boolean isDraining() {
        return draining;
    }

    /** How many are open. */
    public int size() {
        return open.size();
    }

    /** It has been opened; at stop it is closed again. */
    public void add(Outbound outbound) {
        open.add(outbound);
        if (draining) {
            sendAway(outbound);
        }
    }

    /** It has ended, which counts once. */
    public void remove(Outbound outbound) {
        if (open.remove(outbound)) {
            String reason = outbound.closeReason().orElse(GONE);
            registry.counter("tandem.sockets.closed", "door", door, "reason", reason)
                    .increment();
        }
    }

    private void sendAway(Outbound outbound) {
        outbound.close(goingAway, "node goes away");
    }
}
