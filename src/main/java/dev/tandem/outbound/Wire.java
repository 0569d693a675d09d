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

    /** Closes the socket, after what was written before, with a WebSocket close code. */
    void close(int code, String reason);
}
