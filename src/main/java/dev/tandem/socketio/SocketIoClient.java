package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.EngineIoListener.SessionListener;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.socketio.adapter.PacketFrames;
import dev.tandem.socketio.codec.PacketDecoder;
import dev.tandem.socketio.codec.SocketIoPacket;
import dev.tandem.socketio.codec.SocketIoParseException;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One session's Socket.IO side: the namespaces that it is in. Touched on the session's event loop only. */
final class SocketIoClient implements SessionListener {
    private final EngineIoSession session;
    private final SocketIoServer server;
    private final Thread loopThread = Thread.currentThread();
    private final PacketDecoder decoder;
    /** By the names of their namespaces. Replaced when they change; most sessions are in one. */
    private Map<String, NamespaceConnection> connections = Map.of();

    private final long connectTimer;
    private boolean closed;

    SocketIoClient(EngineIoSession session, SocketIoServer server) {
        this.session = session;
        this.server = server;
        this.decoder = new PacketDecoder(server.limits());
        this.connectTimer = vertx().setTimer(config().connectTimeout().toMillis(), timer -> closeIfNowhere());
    }

    EngineIoSession session() {
        return session;
    }

    HandlerRunner runner() {
        return server.runner();
    }

    Vertx vertx() {
        return server.vertx();
    }

    SocketIoConfig config() {
        return server.config();
    }

    /** The session's event loop; what is there already goes on at once, so that it is not overtaken by the next packet. */
    Executor loop() {
        return task -> {
            if (Thread.currentThread() == loopThread) {
                task.run();
            } else {
                session.context().runOnContext(turn -> task.run());
            }
        };
    }

    void send(SocketIoPacket packet) {
        session.send(PacketFrames.of(packet));
    }

    @Override
    public void onMessage(String data) {
        onMessage(() -> decoder.onText(data));
    }

    @Override
    public void onMessage(byte[] data) {
        onMessage(() -> decoder.onBinary(data));
    }

    @Override
    public void onDismissal() {
        connectedOnes().forEach(this::putOut);
    }

    @Override
    public void onClose(CloseReason reason) {
        closed = true;
        vertx().cancelTimer(connectTimer);
        leaveAll(reason.text());
    }

    /** A client has come into its first namespace, or into another. */
    void onConnected() {
        vertx().cancelTimer(connectTimer);
    }

    void onRefused(NamespaceConnection refused, ObjectNode why) {
        remove(refused);
        server.namespaces().release(refused.namespace());
        refuse(refused.namespace().name(), why);
    }

    /** Puts the client out of one namespace, or of all, which ends the session. */
    void disconnect(Socket socket, boolean close) {
        NamespaceConnection connection = connections.get(socket.namespace().name());
        if (connection == null || connection.socket() != socket || !socket.isConnected()) {
            return;
        }
        if (close) {
            connectedOnes().forEach(this::putOut);
            close(DisconnectReason.SERVER);
        } else {
            putOut(connection);
        }
    }

    private void onMessage(Supplier<Optional<SocketIoPacket>> message) {
        if (closed) {
            return;
        }
        try {
            message.get().ifPresent(this::onPacket);
        } catch (SocketIoParseException malformed) {
            closed = true;
            session.close(CloseReason.PARSE_ERROR);
        }
    }

    /** CONNECT belongs where the client is not yet, everything else where it has come in: it was told when that was. */
    private void onPacket(SocketIoPacket packet) {
        NamespaceConnection connection = connections.get(packet.namespace());
        if (connection == null && packet instanceof SocketIoPacket.Connect connect) {
            onConnect(connect);
        } else if (connection == null || !connection.isConnected() || packet instanceof SocketIoPacket.Connect) {
            close(DisconnectReason.FORCED);
        } else if (packet instanceof SocketIoPacket.Event event) {
            connection.socket().events().onEvent(event);
        } else if (packet instanceof SocketIoPacket.Ack ack) {
            connection.socket().acks().onAck(ack.ackId(), Values.list(ack.data(), 0));
        } else {
            leave(connection, DisconnectReason.CLIENT);
        }
    }

    private void onConnect(SocketIoPacket.Connect connect) {
        String name = connect.namespace();
        if (connections.size() >= config().maxNamespaces()) {
            refuse(name, new ConnectRefused("too many namespaces").toJson());
            return;
        }
        Optional<Namespace> namespace = server.namespaces().acquire(name);
        if (namespace.isEmpty()) {
            refuse(name, new ConnectRefused("Invalid namespace").toJson());
        } else {
            open(namespace.get(), connect.auth());
        }
    }

    private void open(Namespace namespace, JsonNode auth) {
        SocketHandshake handshake = new SocketHandshake(session.handshake(), auth);
        NamespaceConnection connection = new NamespaceConnection(this, namespace, handshake);
        Map<String, NamespaceConnection> more = new HashMap<>(connections);
        more.put(namespace.name(), connection);
        connections = Map.copyOf(more);
        connection.open();
    }

    private void putOut(NamespaceConnection connection) {
        send(new SocketIoPacket.Disconnect(connection.namespace().name()));
        leave(connection, DisconnectReason.SERVER);
    }

    private void leave(NamespaceConnection connection, String reason) {
        remove(connection);
        connection.leave(reason);
        server.namespaces().release(connection.namespace());
    }

    private void remove(NamespaceConnection gone) {
        Map<String, NamespaceConnection> fewer = new HashMap<>(connections);
        fewer.remove(gone.namespace().name(), gone);
        connections = Map.copyOf(fewer);
    }

    private void leaveAll(String reason) {
        List.copyOf(connections.values()).forEach(connection -> leave(connection, reason));
    }

    private List<NamespaceConnection> connectedOnes() {
        return connections.values().stream()
                .filter(NamespaceConnection::isConnected)
                .toList();
    }

    private void refuse(String namespace, ObjectNode why) {
        send(new SocketIoPacket.ConnectError(namespace, why));
    }

    private void closeIfNowhere() {
        if (connectedOnes().isEmpty()) {
            close(DisconnectReason.FORCED);
        }
    }

    private void close(String reason) {
        closed = true;
        leaveAll(reason);
        session.close(CloseReason.FORCED_CLOSE);
    }
}
