package dev.tandem.outbound;

import io.vertx.core.Future;

/** The socket under an {@link Outbound}. Called on the connection's event loop. */
public interface Wire {

    /** Writes the frames in order. Completes, on that loop, when the last of them has left for the network; fails if it never will. */
    Future<Void> write(Burst burst);

    /** Whether what is written leaves at once, as far as one knows; volatile frames are dropped while it does not. From any thread. */
    default boolean isWritable() {
        return true;
    }

    /**
     * Whether {@link #write} would pass a burst on at once, found by looking at everything that it looks at. False if that is not worth
     * finding out.
     */
    default boolean isAtHand() {
        return false;
    }

    /** Closes the socket, after what was written before, with a WebSocket close code. */
    void close(int code, String reason);
}
