package dev.tandem.socketio.codec;

/** What came in is not a Socket.IO packet. Ends that session, never more. */
public final class SocketIoParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SocketIoParseException(String why) {
        super(why, null, false, false);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new SocketIoParseException(otherwise);
        }
    }
}
