package dev.tandem.socketio;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Namespaces {@code /lab-1}, {@code /lab-2} and so on, one for each test: it keeps the sockets, by the name that they give with
 * CONNECT, and what happened to them. Who gives no name may not in.
 */
@Alternative
@Singleton
class LabNamespaces implements NamespaceHandler {
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public NamespaceSelector namespaces() {
        return NamespaceSelector.matching(Pattern.compile("/lab-\\d+"));
    }

    @Override
    public List<Middleware> middleware() {
        return List.of(LabNamespaces::requireName, LabNamespaces::pauseIfAsked);
    }

    @Override
    public Uni<Void> onConnect(Socket socket) {
        sockets.put(name(socket), socket);
        log.add(name(socket) + " connect");
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onEvent(Socket socket, Event event) {
        log.add(name(socket) + " event " + event.name());
        if (event.name().equals("throw")) {
            throw new IllegalStateException("thrown by a test");
        } else if (event.name().equals("fail")) {
            return Uni.createFrom().failure(new IllegalStateException("failed by a test"));
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onDisconnecting(Socket socket, String reason) {
        log.add(name(socket) + " disconnecting rooms=" + socket.rooms().contains("red"));
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> onDisconnect(Socket socket, String reason) {
        log.add(name(socket) + " disconnect: " + reason + " rooms=" + socket.rooms());
        return Uni.createFrom().voidItem();
    }

    Socket socket(String name) {
        return sockets.get(name);
    }

    List<String> log() {
        return log;
    }

    private static String name(Socket socket) {
        return socket.handshake().auth().path("name").asText();
    }

    private static Uni<Void> requireName(Socket socket) {
        if (name(socket).isEmpty()) {
            return Uni.createFrom().failure(new ConnectRefused("no name", Map.of("code", 42, "hint", List.of("name"))));
        } else if (name(socket).equals("broken")) {
            throw new IllegalStateException("thrown by a test");
        }
        return Uni.createFrom().voidItem();
    }

    /** Goes on when the test says so. */
    private static Uni<Void> pauseIfAsked(Socket socket) {
        return name(socket).equals("slow") ? Uni.createFrom().nothing() : null;
    }
}
