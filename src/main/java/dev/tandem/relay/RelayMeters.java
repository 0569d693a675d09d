package dev.tandem.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts what is passed on. */
@Singleton
class RelayMeters {
    private final MeterRegistry registry;

    RelayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Supplier<Number> requests, Supplier<Number> sockets) {
        Gauge.builder("tandem.relay.pending", requests)
                .description("Requests that came in here and wait for the answer of another node")
                .register(registry);
        Gauge.builder("tandem.relay.sockets", sockets)
                .description("WebSockets that came in here for sessions of other nodes")
                .register(registry);
    }

    /** A request of that kind is passed on. */
    void passedOn(String kind) {
        registry.counter("tandem.relay.requests", "kind", kind).increment();
    }

    void broken(BreakReason reason) {
        registry.counter("tandem.relay.broken", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
