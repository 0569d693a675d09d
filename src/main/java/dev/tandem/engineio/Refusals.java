package dev.tandem.engineio;

import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;

/** Refuses requests, and counts them by reason. */
@Singleton
class Refusals {
    private static final Set<ErrorCode> LATER =
            Set.of(ErrorCode.REDIS_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.OVERLOADED);

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    void refuse(PollingExchange exchange, RequestError error) {
        meters.counter("tandem.socketio.refused", "reason", error.name().toLowerCase(Locale.ROOT))
                .increment();
        exchange.refuse(error);
    }

    /** For a failure of the {@link HandshakeGate}. */
    void refuse(PollingExchange exchange, Throwable why) {
        ErrorCode code = TandemException.of(why).code();
        if (LATER.contains(code)) {
            refuse(exchange, RequestError.UNAVAILABLE);
        } else if (code == ErrorCode.UNAUTHENTICATED) {
            refuse(exchange, RequestError.UNAUTHENTICATED);
        } else {
            refuse(exchange, code == ErrorCode.RATE_LIMITED ? RequestError.RATE_LIMITED : RequestError.FORBIDDEN);
        }
    }
}
