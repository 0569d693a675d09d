package dev.tandem.socketio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One session's place in one namespace, from its CONNECT on: first it waits for admission, then there is a connected socket,
 * then it is over. Touched on the session's event loop only.
 */
final class NamespaceConnection {
    private final SocketIoClient client;
    private final Namespace namespace;
    private final Admission admission;
    private Cancellable waiting = () -> {};
    private boolean over;

    NamespaceConnection(SocketIoClient client, Namespace namespace, SocketHandshake handshake) {
        this.client = client;
        this.namespace = namespace;
        this.admission = new Admission(client, namespace, handshake);
    }

    Namespace namespace() {
        return namespace;
    }

    /** Null, or not connected, while admission is waited for. */
    Socket socket() {
        return admission.socket();
    }

    boolean isConnected() {
        return socket() != null && socket().isConnected();
    }

    void open() {
        waiting = admission
                .run(client.config().connectTimeout())
                .subscribe()
                .with(admitted -> onAdmitted(), this::onRefused);
    }

    /** The end: nothing happens here any more. */
    void leave(String reason) {
        over = true;
        waiting.cancel();
        if (isConnected()) {
            NamespaceHandler handler = namespace.handler();
            Socket socket = socket();
            run("disconnecting", () -> handler.onDisconnecting(socket, reason));
            persist(reason);
            forget();
            run("disconnect", () -> handler.onDisconnect(socket, reason));
            socket.pid().ifPresent(namespace.recovery()::onGone);
        } else {
            forget();
        }
    }

    /** The client hears of its connection first, then of what it missed, then of what comes. */
    private void onAdmitted() {
        if (over) {
            return;
        }
        Socket socket = socket();
        socket.connected(true);
        client.onConnected();
        client.send(new SocketIoPacket.Connect(namespace.name(), welcome(socket)));
        admission.restored().ifPresent(session -> session.missed().forEach(client::send));
        Set<String> rooms = new HashSet<>(admission.rooms());
        rooms.add(socket.id());
        BroadcastOperator.attended("join", namespace.adapter().addAll(socket.id(), rooms));
        socket.pid().ifPresent(pid -> namespace.recovery().onConnected(socket, pid));
        run("connect", () -> namespace.handler().onConnect(socket));
    }

    private void onRefused(Throwable why) {
        if (!over) {
            over = true;
            forget();
            client.onRefused(this, refusal(why));
        }
    }

    private ObjectNode refusal(Throwable why) {
        if (why instanceof ConnectRefused refused) {
            client.runner().onRefusal("connect", namespace.name(), why);
            return refused.toJson();
        }
        client.runner().onFailure("middleware", namespace.name(), why);
        return new ConnectRefused("internal error").toJson();
    }

    private void persist(String reason) {
        Socket socket = socket();
        if (socket.pid().isPresent() && DisconnectReason.isRecoverable(reason)) {
            SocketSession session = new SocketSession(socket.id(), socket.pid().get(), socket.rooms(), socket.data());
            BroadcastOperator.attended("keep a session", namespace.recovery().persist(socket, session));
        }
    }

    private void forget() {
        Socket socket = socket();
        if (socket != null) {
            socket.connected(false);
            namespace.sockets().remove(socket);
            BroadcastOperator.attended("leave all rooms", namespace.adapter().delAll(socket.id()));
            socket.acks().close();
        }
    }

    private void run(String kind, Supplier<Uni<?>> handler) {
        client.runner().run(kind, namespace.name(), handler);
    }

    private static ObjectNode welcome(Socket socket) {
        ObjectNode welcome = JsonNodeFactory.instance.objectNode().put("sid", socket.id());
        socket.pid().ifPresent(pid -> welcome.put("pid", pid));
        return welcome;
    }
}
