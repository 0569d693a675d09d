package dev.tandem.socketio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /lost}, whose sessions are found again, each with one event that was missed. */
@Alternative
@Singleton
class RecoveringNamespace implements NamespaceHandler, SessionRecovery {
    static final String ATTACHMENT = "attached by the recovery";

    private final Map<String, SocketSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    Map<String, SocketSession> sessions() {
        return sessions;
    }

    /** By their private ids, for as long as they are connected. */
    Map<String, Socket> sockets() {
        return sockets;
    }

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.named("/lost");
    }

    @Override
    public SessionRecovery recovery() {
        return this;
    }

    @Override
    public Uni<Void> onConnect(Socket socket) {
        return socket.recovered() ? Uni.createFrom().voidItem() : socket.join("red");
    }

    @Override
    public Optional<String> newPid() {
        return Optional.of("pid-" + System.nanoTime());
    }

    @Override
    public void onConnected(Socket socket, String pid) {
        sockets.put(pid, socket);
    }

    @Override
    public Uni<Void> persist(Socket socket, SocketSession session) {
        sessions.put(session.pid(), session);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void onGone(String pid) {
        sockets.remove(pid);
    }

    @Override
    public Uni<Optional<RestoredSession>> restore(String pid, Optional<String> offset) {
        ArrayNode missed = JsonNodeFactory.instance.arrayNode().add("missed").add(offset.orElseThrow());
        List<SocketIoPacket.Event> events = List.of(new SocketIoPacket.Event("/lost", OptionalLong.empty(), missed));
        return Uni.createFrom()
                .item(Optional.ofNullable(sessions.remove(pid))
                        .map(session -> new RestoredSession(session, events, ATTACHMENT)));
    }
}
