package dev.tandem.socketio;

/** A client that was asked for an ack gave none. */
public final class NoAck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    public enum Cause {
        TIMEOUT("operation has timed out"),
        DISCONNECTED("socket has been disconnected"),
        /** The event was not sent: too many acks of this socket are waited for. */
        TOO_MANY("too many acks are waited for");

        private final String text;

        Cause(String text) {
            this.text = text;
        }
    }

    private final Cause why;

    NoAck(Cause why) {
        super(why.text, null, false, false);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
