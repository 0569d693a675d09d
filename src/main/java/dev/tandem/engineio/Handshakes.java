package dev.tandem.engineio;

import dev.tandem.engineio.transport.PollingTransport;
import dev.tandem.engineio.transport.RequestError;
import dev.tandem.engineio.transport.Transport;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.origin.Origins;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Requests without a {@code sid}: each that is let in opens a session, with the transport that it came by. */
@Singleton
class Handshakes {
    private final EngineIoConfig config;
    private final Origins origins;
    private final HandshakeLimits limits;
    private final HandshakeGate gate;
    private final Refusals refusals;
    private final WebSocketUpgrade upgrade;
    private final SessionOpener opener;
    private volatile boolean draining;

    Handshakes(
            EngineIoConfig config,
            Origins origins,
            HandshakeLimits limits,
            HandshakeGate gate,
            Refusals refusals,
            WebSocketUpgrade upgrade,
            SessionOpener opener) {
        this.config = config;
        this.origins = origins;
        this.limits = limits;
        this.gate = gate;
        this.refusals = refusals;
        this.upgrade = upgrade;
        this.opener = opener;
    }

    /** From now on nobody is let in, and who is just coming in is sent away. */
    void drain() {
        draining = true;
    }

    void onRequest(HttpExchange http, EngineIoRequest asked) {
        String address = http.request().remoteAddress().host();
        Optional<RequestError> error = asked.handshakeError(origins.admits(http.request()))
                .or(() -> draining ? Optional.of(RequestError.UNAVAILABLE) : limits.enter(address));
        error.ifPresentOrElse(refused -> refusals.refuse(http, refused), () -> admit(http, address, asked));
    }

    /** Whoever calls may have to be looked up; the connection goes on where it is read. */
    private void admit(HttpExchange http, String address, EngineIoRequest asked) {
        http.request().pause();
        gate.admit(http.request())
                .emitOn(task -> http.context().runOnContext(ignored -> task.run()))
                .subscribe()
                .with(admission -> open(http, address, asked, admission), why -> {
                    limits.leave(address);
                    explain(http, TandemException.of(why));
                    refusals.refuse(http, why);
                });
    }

    /** How to come in after all. */
    private static void explain(HttpExchange http, TandemException why) {
        HttpServerResponse response = http.request().response();
        if (why.code() == ErrorCode.UNAUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"tandem\"");
        }
        why.retryAfterSeconds().ifPresent(seconds -> response.putHeader("Retry-After", Long.toString(seconds)));
    }

    private void open(HttpExchange http, String address, EngineIoRequest asked, HandshakeGate.Admission admission) {
        HttpServerRequest request = http.request();
        admission.headers().forEach(request.response()::putHeader);
        Handshake handshake = new Handshake(
                address,
                System.currentTimeMillis(),
                request.query(),
                RequestHeaders.of(request.headers()),
                admission.identity());
        if (asked.webSocket()) {
            upgrade.perform(http, http.context(), socket -> open(handshake, http.context(), socket))
                    .onFailure(failure -> limits.leave(address));
        } else {
            PollingTransport polling = new PollingTransport(http.context(), config.maxPayload(), config.maxPackets());
            EngineIoSession session = open(handshake, http.context(), polling);
            http.onAbort(() -> session.abort(http));
            session.poll(http);
        }
    }

    private EngineIoSession open(Handshake handshake, Context context, Transport transport) {
        EngineIoSession session = opener.open(handshake, context, transport);
        if (draining) {
            session.close(CloseReason.SERVER_SHUTTING_DOWN);
        }
        return session;
    }
}
