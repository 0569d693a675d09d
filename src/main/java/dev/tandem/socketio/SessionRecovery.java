package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Connection state recovery of one namespace (Socket.IO, "Connection state recovery"): whether a client that lost its connection can
 * come back as the socket that it was. Called on each session's event loop.
 */
public interface SessionRecovery {

    /** The private id of a new socket, which only its client is told; empty if no session can be found again. */
    Optional<String> newPid();

    /** A socket with a private id has come in, for the first time or again. */
    void onConnected(Socket socket, String pid);

    /** A socket has lost its connection, and may come back. It still is in its rooms, and {@link NamespaceHandler#onDisconnect} follows. */
    Uni<Void> persist(Socket socket, SocketSession session);

    /** A socket is gone, whether it may come back or not. */
    void onGone(String pid);

    /**
     * A client comes back with a private id and the offset of the last event that it got: the last argument of that event, empty if it
     * got none with a text there. Completes with the session and all that it has missed, or empty if not all of that can be had: it is
     * then a new session.
     */
    Uni<Optional<RestoredSession>> restore(String pid, Optional<String> offset);

    /** Too much came while that client was coming back: it is a new session after all. */
    default void onOvertaken() {}

    /** Nobody comes back. */
    SessionRecovery NONE = new SessionRecovery() {
        @Override
        public Optional<String> newPid() {
            return Optional.empty();
        }

        @Override
        public void onConnected(Socket socket, String pid) {}

        @Override
        public Uni<Void> persist(Socket socket, SocketSession session) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void onGone(String pid) {}

        @Override
        public Uni<Optional<RestoredSession>> restore(String pid, Optional<String> offset) {
            return Uni.createFrom().item(Optional.empty());
        }
    };
}
