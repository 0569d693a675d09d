package dev.tandem.engineio;

import dev.tandem.engineio.transport.RequestError;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What a request asks for, and what is wrong with that, in the order in which the Engine.IO server looks.
 *
 * @param sid null in a handshake
 * @param webSocket whether the request wants to become a WebSocket
 */
record EngineIoRequest(HttpMethod method, String transport, String sid, String version, boolean webSocket) {
    private static final String POLLING = "polling";
    private static final String WEBSOCKET = "websocket";

    static EngineIoRequest of(HttpServerRequest request) {
        String sid = request.getParam("sid");
        return new EngineIoRequest(
                request.method(),
                request.getParam("transport"),
                sid == null || sid.isEmpty() ? null : sid,
                request.getParam("EIO"),
                request.getHeader("Sec-WebSocket-Key") != null);
    }

    boolean isHandshake() {
        return sid == null;
    }

    /** Why this is no request at all; empty if it is one. */
    Optional<RequestError> error() {
        return POLLING.equals(transport) || WEBSOCKET.equals(transport)
                ? Optional.empty()
                : Optional.of(RequestError.TRANSPORT_UNKNOWN);
    }

    /** Why this may not open a session; empty if it may. */
    Optional<RequestError> handshakeError(boolean originAdmitted) {
        if (method != HttpMethod.GET) {
            return Optional.of(RequestError.BAD_HANDSHAKE_METHOD);
        } else if (isMixed()) {
            return Optional.of(RequestError.BAD_REQUEST);
        } else if (!originAdmitted) {
            return Optional.of(RequestError.FORBIDDEN);
        } else if (!"4".equals(version)) {
            return Optional.of(RequestError.UNSUPPORTED_PROTOCOL_VERSION);
        }
        return Optional.empty();
    }

    /** Why this cannot be asked of a session; empty if it can. A WebSocket is let in, be it to be closed. */
    Optional<RequestError> sessionError(EngineIoSession session) {
        boolean known = webSocket || session.isPolling();
        return known ? formError() : Optional.of(RequestError.BAD_REQUEST);
    }

    /** The same, as far as it can be said without the session. */
    Optional<RequestError> formError() {
        boolean known = webSocket || method == HttpMethod.GET || method == HttpMethod.POST;
        return known && !isMixed() ? Optional.empty() : Optional.of(RequestError.BAD_REQUEST);
    }

    private boolean isMixed() {
        return webSocket != WEBSOCKET.equals(transport);
    }
}
