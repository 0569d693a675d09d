package dev.tandem.outbound;

import io.vertx.core.Future;

/** The socket under an {@link Outbound}. Called on the connection's event loop. */
public interface Wire {

    /** Completes when the frame has left for the network. */
    Future<Void> write(Frame.Text frame);

    /** Completes when the frame has left for the network. */
    Future<Void> write(Frame.Binary frame);

    /** Whether what is written leaves at once, as far as one knows; volatile frames are dropped while it does not. From any thread. */
    default boolean isWritable() {
        return true;
    }

    /** Closes the socket, after what was written before, with a WebSocket close code. */
    void close(int code, String reason);
}
