package dev.tandem.socketio.adapter;

/** Why a client that comes back is somebody new. */
public final class NotRecovered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What there is to say, as metrics name it. */
    public enum Reason {
        /** There is no such session, or not any more. */
        UNKNOWN,
        /** Up to where the client got what it was sent cannot be said. */
        OFFSET,
        /** It may have missed what is not in the log. */
        UNLOGGED,
        /** What it missed is not in the log any more. */
        GONE,
        /** It missed more than is sent again. */
        TOO_MUCH,
        /** More came while it was coming back than is held back. */
        OVERTAKEN
    }

    public NotRecovered(Reason reason) {
        super("not recovered: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
