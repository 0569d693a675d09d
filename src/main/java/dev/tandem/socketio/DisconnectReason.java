package dev.tandem.socketio;

import dev.tandem.engineio.CloseReason;
import java.util.Set;

/** Why a socket was disconnected while its session lived on; when a session ends, the reason is {@link CloseReason#text}. */
public final class DisconnectReason {
    /** The client left the namespace. */
    public static final String CLIENT = "client namespace disconnect";
    /** This server put the client out. */
    public static final String SERVER = "server namespace disconnect";
    /** This server ended the session: the client was in no namespace, or said what made no sense there. */
    public static final String FORCED = "forced server close";

    /** Who was disconnected for one of these did not want it, and may come back to where it was. */
    private static final Set<String> RECOVERABLE = Set.of(
            CloseReason.TRANSPORT_CLOSE.text(),
            CloseReason.TRANSPORT_ERROR.text(),
            CloseReason.PING_TIMEOUT.text(),
            CloseReason.FORCED_CLOSE.text(),
            CloseReason.SERVER_SHUTTING_DOWN.text(),
            FORCED);

    private DisconnectReason() {}

    static boolean isRecoverable(String reason) {
        return RECOVERABLE.contains(reason);
    }
}
