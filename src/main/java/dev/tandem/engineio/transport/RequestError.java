package dev.tandem.engineio.transport;

/** Why an HTTP request is refused. The first six have the numbers and words of Engine.IO, the others its form. */
public enum RequestError {
    TRANSPORT_UNKNOWN(400, 0, "Transport unknown"),
    SESSION_ID_UNKNOWN(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    FORBIDDEN(403, 4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 5, "Unsupported protocol version"),
    PAYLOAD_TOO_LARGE(413, 3, "Payload too large"),
    UNAUTHENTICATED(401, 4, "Unauthenticated"),
    RATE_LIMITED(429, 4, "Rate limited"),
    TOO_MANY_CONNECTIONS(429, 4, "Too many connections"),
    TOO_MANY_HANDSHAKES(503, 4, "Too many handshakes"),
    /** This node stops, or cannot find out who is calling. */
    UNAVAILABLE(503, 4, "Service unavailable");

    private final int status;
    private final String json;

    RequestError(int status, int code, String message) {
        this.status = status;
        this.json = "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    /** The status of the response. */
    public int status() {
        return status;
    }

    /** The body of the response. */
    public String json() {
        return json;
    }
}
