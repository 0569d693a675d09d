package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.EngineIoListener.SessionListener;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.id.RandomText;
import dev.tandem.socketio.codec.SocketIoCodec;
import dev.tandem.socketio.codec.SocketIoPacket;
import dev.tandem.socketio.codec.SocketIoParseException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One session's Socket.IO side: the namespaces that it is in. Touched on the session's event loop only. */
final class SocketIoClient implements SessionListener {
    private final EngineIoSession session;
    private final Map<String, Namespace> namespaces;
    private final Map<String, Socket> sockets = new HashMap<>();
    private final Vertx vertx;
    private final long connectTimer;

    SocketIoClient(EngineIoSession session, Map<String, Namespace> namespaces, Vertx vertx, Duration connectTimeout) {
        this.session = session;
        this.namespaces = namespaces;
        this.vertx = vertx;
        this.connectTimer = vertx.setTimer(connectTimeout.toMillis(), timer -> closeIfNowhere());
    }

    @Override
    public void onMessage(String data) {
        try {
            onPacket(SocketIoCodec.decode(data));
        } catch (SocketIoParseException malformed) {
            session.close(CloseReason.PARSE_ERROR);
        }
    }

    @Override
    public void onMessage(byte[] data) {
        session.close(CloseReason.PARSE_ERROR);
    }

    @Override
    public void onClose(CloseReason reason) {
        vertx.cancelTimer(connectTimer);
        List<String> joined = List.copyOf(sockets.keySet());
        joined.forEach(namespace -> leave(namespace, reason.text()));
    }

    /** CONNECT belongs where there is no socket yet, everything else where there is one. */
    private void onPacket(SocketIoPacket packet) {
        Socket socket = sockets.get(packet.namespace());
        if (socket == null && packet instanceof SocketIoPacket.Connect connect) {
            onConnect(connect);
        } else if (socket != null && packet instanceof SocketIoPacket.Event event) {
            onEvent(event, socket);
        } else if (socket != null && packet instanceof SocketIoPacket.Disconnect) {
            leave(packet.namespace(), "client namespace disconnect");
        } else if (socket == null || packet instanceof SocketIoPacket.Connect) {
            session.close(CloseReason.FORCED_CLOSE);
        }
    }

    private void onConnect(SocketIoPacket.Connect connect) {
        Namespace namespace = namespaces.get(connect.namespace());
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        if (namespace == null) {
            payload.put("message", "Invalid namespace");
            send(new SocketIoPacket.ConnectError(connect.namespace(), payload));
        } else {
            Socket socket = new Socket(RandomText.letters(20), namespace.name(), session);
            sockets.put(namespace.name(), socket);
            vertx.cancelTimer(connectTimer);
            send(new SocketIoPacket.Connect(namespace.name(), payload.put("sid", socket.id())));
            namespace.onConnect(socket);
        }
    }

    private void onEvent(SocketIoPacket.Event event, Socket socket) {
        List<JsonNode> arguments = new ArrayList<>();
        event.data().forEach(arguments::add);
        Consumer<String> ack =
                event.ackId().isPresent() ? json -> socket.ack(event.ackId().getAsLong(), json) : null;
        namespaces.get(event.namespace()).onEvent(socket, event.name(), arguments.subList(1, arguments.size()), ack);
    }

    private void leave(String namespace, String reason) {
        Socket socket = sockets.remove(namespace);
        if (socket != null) {
            namespaces.get(namespace).onDisconnect(socket, reason);
        }
    }

    private void closeIfNowhere() {
        if (sockets.isEmpty()) {
            session.close(CloseReason.FORCED_CLOSE);
        }
    }

    private void send(SocketIoPacket packet) {
        session.send(EngineIoSession.message(SocketIoCodec.encode(packet).text()));
    }
}
