package dev.tandem.engineio;

import dev.tandem.engineio.transport.Transport;
import dev.tandem.outbound.Outbound;

/** Why a session ended, in the words that Socket.IO clients and servers use. */
public enum CloseReason {
    TRANSPORT_CLOSE("transport close", 1000),
    TRANSPORT_ERROR("transport error", 1011),
    /** The frames of the WebSocket are not what they must be. */
    ILLEGAL_FRAME("transport error", 1002),
    NOT_UTF8("transport error", 1007),
    PING_TIMEOUT("ping timeout", 1000),
    PARSE_ERROR("parse error", 1002),
    /** The client said goodbye. */
    CLIENT_CLOSE("transport close", 1000),
    /** This server wants it so. */
    FORCED_CLOSE("forced close", 1000),
    PAYLOAD_TOO_LARGE("payload too large", 1009),
    /** The client does not read what is sent to it. */
    TOO_SLOW("too slow to read", Outbound.TOO_SLOW),
    /** Who opened it is not who it was any more: the session, token or key has ended. */
    UNAUTHENTICATED("unauthenticated", 4401),
    /** This node stops; another one is there. */
    SERVER_SHUTTING_DOWN("server shutting down", 1012);

    private final String text;
    private final int code;

    CloseReason(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** What to make of a transport's complaint about what came in. */
    static CloseReason of(Transport.Fault fault) {
        return switch (fault) {
            case MALFORMED -> PARSE_ERROR;
            case TOO_LARGE -> PAYLOAD_TOO_LARGE;
            case BROKEN -> TRANSPORT_ERROR;
            case ILLEGAL_FRAME -> ILLEGAL_FRAME;
            case NOT_UTF8 -> NOT_UTF8;
        };
    }

    /** Whether the client may still come to fetch what was sent before; else it is gone, or was refused already. */
    boolean leavesTimeToFetch() {
        return this == FORCED_CLOSE || this == UNAUTHENTICATED || this == SERVER_SHUTTING_DOWN || this == CLIENT_CLOSE;
    }

    /** As told to the layers above, and to clients in the close frame. */
    public String text() {
        return text;
    }

    /** The WebSocket close code. */
    public int code() {
        return code;
    }
}
