package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What happens in a namespace, or in all that match a pattern: a CDI bean. There is at most one for a name.
 *
 * <p>Called on each socket's own event loop, one call after another for one socket: must not block. What is returned is
 * subscribed to, null is as good as done; if it fails, or the method throws, that is logged and counted, and ends nothing.
 *
 * <pre>{@code
 * public Uni<Void> onConnect(Socket socket) {
 *     socket.on("say", event -> socket.to("lobby").emit("said", event.argument(0)));
 *     return socket.join("lobby");
 * }
 * }</pre>
 */
public interface NamespaceHandler {

    /** Asked once, at start. */
    NamespaceSelector namespaces();

    /** Who may come in: asked one after another, before {@link #onConnect}. */
    default List<Middleware> middleware() {
        return List.of();
    }

    /**
     * Whether clients that lose their connection may come back, to any node, as who they were, with all that they missed of what was
     * emitted to them or to rooms, in order; asked once, at start. Each such event then has one more argument, the offset, and takes its
     * way through a log in Redis, also to sockets of this node: it reaches who is in its rooms when it comes back from there, and nobody
     * if Redis is away. What is volatile, local or wants acks does not take that way: it may overtake what was emitted before, as {@link
     * Socket#disconnect} may, and is not sent again. In a cluster that is switched off nobody comes back.
     */
    default boolean recoverable() {
        return false;
    }

    /** How clients come back where it is not by the log of {@link #recoverable}; asked once, at start. */
    default SessionRecovery recovery() {
        return SessionRecovery.NONE;
    }

    /** A namespace has come to be; nobody is in it yet. The place for {@link Namespace#on}. */
    default void onCreated(Namespace namespace) {}

    /** A client has come in, and has been told so. Handlers that are added before this returns miss no event. */
    default Uni<Void> onConnect(Socket socket) {
        return Uni.createFrom().voidItem();
    }

    /** A client emitted an event; called before the handlers that the socket has for it. */
    default Uni<Void> onEvent(Socket socket, Event event) {
        return Uni.createFrom().voidItem();
    }

    /** A client is about to be gone, but is still in its rooms; the reason is in {@link DisconnectReason} or the session's. */
    default Uni<Void> onDisconnecting(Socket socket, String reason) {
        return Uni.createFrom().voidItem();
    }

    /** A client is gone. Called once for each {@link #onConnect}. */
    default Uni<Void> onDisconnect(Socket socket, String reason) {
        return Uni.createFrom().voidItem();
    }
}
