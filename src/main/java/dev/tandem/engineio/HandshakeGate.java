package dev.tandem.engineio;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Decides who may open a session, before the upgrade. */
public interface HandshakeGate {

    /**
     * Who the caller is, and the headers to answer with. A failure refuses the handshake: with 503 if it says {@code
     * redis_unavailable} or {@code overloaded}, else with 403.
     */
    Uni<Admission> admit(HttpServerRequest request);

    record Admission(Object identity, Map<String, String> headers) {}
}
