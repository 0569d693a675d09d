package dev.tandem.engineio;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Why a handshake is refused, with the numbers and words of the Engine.IO server. */
enum HandshakeError {
    TRANSPORT_UNKNOWN(0, "Transport unknown"),
    SESSION_ID_UNKNOWN(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    FORBIDDEN(4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    private final String json;

    HandshakeError(int code, String message) {
        this.json = "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    String json() {
        return json;
    }

    /** What is wrong with the request; empty if it may open a session over WebSocket. */
    static Optional<HandshakeError> of(HttpServerRequest request) {
        if (!"websocket".equals(request.getParam("transport"))) {
            return Optional.of(TRANSPORT_UNKNOWN);
        } else if (request.getParam("sid") != null) {
            return Optional.of(SESSION_ID_UNKNOWN);
        } else if (request.method() != HttpMethod.GET) {
            return Optional.of(BAD_HANDSHAKE_METHOD);
        } else if (request.getHeader("Sec-WebSocket-Key") == null) {
            return Optional.of(BAD_REQUEST);
        } else if (!"4".equals(request.getParam("EIO"))) {
            return Optional.of(UNSUPPORTED_PROTOCOL_VERSION);
        }
        return Optional.empty();
    }
}
