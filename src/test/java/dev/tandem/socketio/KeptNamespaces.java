package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Namespaces {@code /kept-1}, {@code /kept-2} and so on, whose clients may come back: it keeps the sockets, by the name that they give
 * with CONNECT. Who gives a {@code door} comes in when the test opens it.
 */
@Alternative
@Singleton
class KeptNamespaces implements NamespaceHandler {
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> doors = new ConcurrentHashMap<>();

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.matching(Pattern.compile("/kept-\\d+"));
    }

    @Override
    public boolean recoverable() {
        return true;
    }

    @Override
    public List<Middleware> middleware() {
        return List.of(socket -> {
            String door = socket.handshake().auth().path("door").asText();
            return door.isEmpty() ? null : Uni.createFrom().completionStage(door(door));
        });
    }

    @Override
    public Uni<Void> onConnect(Socket socket) {
        sockets.put(name(socket), socket);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onDisconnect(Socket socket, String reason) {
        sockets.remove(name(socket), socket);
        return Uni.createFrom().voidItem();
    }

    /** Null if nobody of that name is connected. */
    Socket socket(String name) {
        return sockets.get(name);
    }

    /** Whether somebody is at that door: one who comes back has been told by then what is in the log. */
    boolean isKnocking(String name) {
        return doors.containsKey(name);
    }

    CompletableFuture<Void> door(String name) {
        return doors.computeIfAbsent(name, unknown -> new CompletableFuture<>());
    }

    private static String name(Socket socket) {
        return socket.handshake().auth().path("name").asText();
    }
}
