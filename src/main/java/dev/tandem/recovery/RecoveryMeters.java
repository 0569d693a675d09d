package dev.tandem.recovery;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Who came back, as whom: {@code tandem_socketio_recoveries_total{outcome}}. */
@Singleton
class RecoveryMeters {
    private final MeterRegistry registry;

    RecoveryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** {@code restored}, or why it is somebody new. */
    void count(String outcome) {
        registry.counter("tandem.socketio.recoveries", "outcome", outcome).increment();
    }
}
