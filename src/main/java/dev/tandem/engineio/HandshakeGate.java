package dev.tandem.engineio;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Decides who may open a session, before the upgrade. */
public interface HandshakeGate {

    /**
     * Who the caller is, and the headers to answer with. A failure refuses the handshake: with 503 if it says {@code
     * redis_unavailable} or {@code overloaded}, with 401 if {@code unauthenticated}, with 429 if {@code rate_limited}, else with 403.
     */
    Uni<Admission> admit(HttpServerRequest request);

    /** A session has been opened with what {@link #admit} said; what is returned is run when it has gone. On the session's event loop. */
    default Runnable onOpen(Object identity, EngineIoSession session) {
        return () -> {};
    }

    /** The identity is whatever the gate makes of a caller; null if it is not known yet. */
    record Admission(Object identity, Map<String, String> headers) {}
}
