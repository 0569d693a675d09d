package dev.tandem.gateway.websocket;

import dev.tandem.gateway.OpenConnections;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** The plain WebSockets that are open. From any thread. */
@Singleton
public class PlainConnections extends OpenConnections {
    /** Close code: the node goes away, come back. */
    private static final int SERVICE_RESTART = 1012;

    PlainConnections(MeterRegistry registry) {
        super("websocket", SERVICE_RESTART, registry);
    }
}
