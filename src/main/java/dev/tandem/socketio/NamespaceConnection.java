package dev.tandem.socketio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.socketio.adapter.Told;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One session's place in one namespace, from its CONNECT on: first it waits for admission, then there is a connected socket,
 * then it is over. Touched on the session's event loop only.
 */
final class NamespaceConnection {
    private static final Cancellable NOTHING = () -> {};

    private final SocketIoClient client;
    private final Namespace namespace;
    /** Null once the client is in. */
    private Admission admission;
    /** Null until then. */
    private Socket socket;

    private Cancellable waiting = NOTHING;
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
        return admission == null ? socket : admission.socket();
    }

    boolean isConnected() {
        return socket() != null && socket().isConnected();
    }

    void open() {
        await(admission.run());
    }

    private void await(Uni<Void> admitted) {
        waiting = NOTHING;
        Cancellable asked = admitted.subscribe().with(in -> onAdmitted(), this::onRefused);
        boolean settled = over || admission == null || waiting != NOTHING;
        if (!settled) {
            waiting = inTime(asked);
        }
    }

    /** Who is admitted at once, as most are, needs no timer. */
    private Cancellable inTime(Cancellable asked) {
        long timer = client.vertx().setTimer(client.config().connectTimeout().toMillis(), late -> {
            asked.cancel();
            onRefused(new ConnectRefused("timeout"));
        });
        return () -> {
            client.vertx().cancelTimer(timer);
            asked.cancel();
        };
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
        waiting.cancel();
        waiting = NOTHING;
        if (over) {
            return;
        }
        if (!admission.greet(new SocketIoPacket.Connect(namespace.name(), welcome(admission.socket())))) {
            namespace.recovery().onOvertaken();
            await(admission.runAnew());
            return;
        }
        client.onConnected();
        socket = admission.socket();
        BroadcastOperator.attended("join", namespace.adapter().addAll(socket.id(), admission.rooms()));
        admission = null;
        socket.pid().ifPresent(pid -> namespace.recovery().onConnected(socket, pid));
        run("connect", () -> namespace.handler().onConnect(socket));
    }

    private void onRefused(Throwable why) {
        waiting.cancel();
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
            Optional<Told> told = Optional.ofNullable(socket.local().trail()).map(Trail::close);
            SocketSession session =
                    new SocketSession(socket.id(), socket.pid().get(), socket.rooms(), socket.data(), told);
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
            socket.events().close();
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
