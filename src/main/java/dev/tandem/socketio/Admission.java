package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.RandomText;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One client's way into one namespace: a session that is lost may be found again, then the middleware decides. Touched on the
 * session's event loop only.
 */
final class Admission {
    private final SocketIoClient client;
    private final Namespace namespace;
    private final SocketHandshake handshake;
    private Optional<RestoredSession> restored = Optional.empty();
    private Socket socket;

    Admission(SocketIoClient client, Namespace namespace, SocketHandshake handshake) {
        this.client = client;
        this.namespace = namespace;
        this.handshake = handshake;
    }

    Namespace namespace() {
        return namespace;
    }

    /** Null until the session is restored, or is known to be a new one. */
    Socket socket() {
        return socket;
    }

    /** What is to be sent after CONNECT. */
    Optional<RestoredSession> restored() {
        return restored;
    }

    /** The rooms that it is in from the start. */
    Set<String> rooms() {
        return restored.map(RestoredSession::session).map(SocketSession::rooms).orElse(Set.of());
    }

    /** Completes, on the session's loop, if the client may come in; fails with {@link ConnectRefused} or anything else if not. */
    Uni<Void> run(Duration limit) {
        return namespace
                .opened()
                .chain(this::restore)
                .emitOn(client.loop())
                .invoke(this::create)
                .chain(this::askMiddleware)
                .ifNoItem()
                .after(limit)
                .failWith(() -> new ConnectRefused("timeout"))
                .emitOn(client.loop());
    }

    private Uni<Optional<RestoredSession>> restore() {
        JsonNode pid = handshake.auth().path("pid");
        JsonNode offset = handshake.auth().path("offset");
        if (!pid.isTextual() || !offset.isTextual()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return namespace
                .recovery()
                .restore(pid.textValue(), offset.textValue())
                .onFailure()
                .invoke(failure -> client.runner().onFailure("restore", namespace.name(), failure))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private void create(Optional<RestoredSession> found) {
        restored = found;
        Socket.Identity identity =
                found.map(RestoredSession::session).map(Socket.Identity::of).orElseGet(this::newcomer);
        socket = new Socket(identity, namespace, handshake, client);
        socket.attach(found.map(RestoredSession::attachment).orElse(null));
        namespace.sockets().add(socket);
    }

    private Socket.Identity newcomer() {
        return Socket.Identity.fresh(
                RandomText.letters(20), namespace.recovery().newPid());
    }

    private Uni<Void> askMiddleware() {
        Uni<Void> asked = Uni.createFrom().voidItem();
        List<Middleware> middleware = namespace.handler().middleware();
        for (Middleware each : middleware) {
            asked = asked.chain(() -> HandlerRunner.guarded(() -> each.apply(socket)));
        }
        return asked;
    }
}
