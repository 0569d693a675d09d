package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** What suites for servers of Socket.IO expect of {@code /}; chosen by {@link SocketIoProfile}. */
@Alternative
@Singleton
class EchoNamespace implements NamespaceHandler {

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.named("/");
    }

    @Override
    public Uni<Void> onConnect(Socket socket) {
        socket.emit("auth", socket.handshake().auth());
        socket.on("message", event -> {
            socket.emit("message-back", event.arguments().toArray());
            return null;
        });
        socket.on("message-with-ack", event -> {
            event.ack(event.arguments().toArray());
            return null;
        });
        return Uni.createFrom().voidItem();
    }
}
