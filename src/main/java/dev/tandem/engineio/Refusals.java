package dev.tandem.engineio;

import dev.tandem.engineio.transport.OpeningHandshake;
import dev.tandem.engineio.transport.PollingExchange;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;
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
        count(error.name());
        exchange.refuse(error);
    }

    /** For a request that cannot become a WebSocket. */
    void refuse(HttpServerResponse response, HttpResponseStatus status) {
        count(status.reasonPhrase().replace(' ', '_'));
        OpeningHandshake.refuse(response, status);
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

    private void count(String reason) {
        meters.counter("tandem.socketio.refused", "reason", reason.toLowerCase(Locale.ROOT))
                .increment();
    }
}
