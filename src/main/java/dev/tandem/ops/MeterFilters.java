package dev.tandem.ops;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** What is not measured. */
@Singleton
class MeterFilters {
    /** A stopwatch for each open connection; {@code tandem.sockets} counts them. */
    private static final Set<String> PER_CONNECTION =
            Set.of("http.server.connections", "http.server.websocket.connections");

    @Produces
    @Singleton
    MeterFilter nothingPerConnection() {
        return MeterFilter.deny(meter -> PER_CONNECTION.contains(meter.getName()));
    }
}
