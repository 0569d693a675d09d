package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.RandomText;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One client's way into one namespace: a session that is lost may be found again, then the middleware decides. Touched on the
 * session's event loop only.
 */
final class Admission {
    private final SocketIoClient client;
    private final Namespace namespace;
    private final SocketHandshake handshake;
    private Optional<RestoredSession> restored = Optional.empty();
    private Optional<Missed> missed = Optional.empty();
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

    /** The rooms that it is in from the start. */
    Set<String> rooms() {
        Set<String> rooms = new HashSet<>();
        restored.map(RestoredSession::session).map(SocketSession::rooms).ifPresent(rooms::addAll);
        rooms.add(socket.id());
        return rooms;
    }

    /** Completes, on the session's loop, if the client may come in; fails with {@link ConnectRefused} or anything else if not. */
    Uni<Void> run() {
        return asked(
                namespace.opened().chain(this::restore).emitOn(client.loop()).chain(this::enter));
    }

    /** The same for a client that turned out to be somebody new. */
    Uni<Void> runAnew() {
        forget();
        create(Optional.empty());
        return asked(Uni.createFrom().voidItem());
    }

    /** The client is in: it is told so by {@code welcome}, then what it missed, then what comes. False if that cannot be had any more. */
    boolean greet(SocketIoPacket welcome) {
        Runnable greeting = () -> {
            client.send(welcome);
            restored.ifPresent(session -> session.missed().forEach(client::send));
            missed.map(Missed::entries).orElse(List.of()).stream()
                    .map(LogEntry::packet)
                    .forEach(client::send);
        };
        Runnable open = () -> socket.connected(true);
        if (socket.local().isHolding()) {
            return socket.local().trail().release(missed.orElseThrow(), greeting, client.session()::send, open);
        }
        greeting.run();
        open.run();
        return true;
    }

    private Uni<Void> asked(Uni<Void> found) {
        return found.chain(this::askMiddleware).emitOn(client.loop());
    }

    private Uni<Optional<RestoredSession>> restore() {
        JsonNode pid = handshake.auth().path("pid");
        JsonNode offset = handshake.auth().path("offset");
        if (!pid.isTextual() || !offset.isTextual() && !offset.isMissingNode()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return orEmpty(() -> namespace.recovery().restore(pid.textValue(), Optional.ofNullable(offset.textValue())));
    }

    /** One that may have missed something of the log enters its rooms first, and then reads, so that nothing comes in between. */
    private Uni<Void> enter(Optional<RestoredSession> found) {
        create(found);
        if (found.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        BroadcastOperator.attended("join again", namespace.adapter().addAll(socket.id(), rooms()));
        return found.get()
                .logged()
                .map(read ->
                        orEmpty(read).emitOn(client.loop()).invoke(this::onRead).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private void onRead(Optional<Missed> all) {
        missed = all;
        if (all.isEmpty()) {
            forget();
            create(Optional.empty());
        }
    }

    private void create(Optional<RestoredSession> found) {
        restored = found;
        Socket.Identity identity =
                found.map(RestoredSession::session).map(Socket.Identity::of).orElseGet(this::newcomer);
        socket = new Socket(identity, namespace, handshake, client, trail(identity));
        socket.attach(found.map(RestoredSession::attachment).orElse(null));
        namespace.sockets().add(socket);
    }

    private void forget() {
        namespace.sockets().remove(socket);
        BroadcastOperator.attended("leave all rooms", namespace.adapter().delAll(socket.id()));
    }

    /** Null for one that is not recovered by the namespace's log. */
    private Trail trail(Socket.Identity identity) {
        if (!namespace.sockets().isLogged() || identity.pid().isEmpty()) {
            return null;
        }
        BroadcastLog log = namespace.adapter().log().orElse(null);
        return log == null
                ? null
                : restored.map(RestoredSession::session)
                        .flatMap(SocketSession::told)
                        .map(told -> Trail.resumed(log, told))
                        .orElseGet(() -> Trail.fresh(log));
    }

    private Socket.Identity newcomer() {
        return Socket.Identity.fresh(
                RandomText.letters(20), namespace.recovery().newPid());
    }

    private <T> Uni<Optional<T>> orEmpty(Supplier<Uni<Optional<T>>> read) {
        return Uni.createFrom()
                .deferred(() -> read.get())
                .onFailure()
                .invoke(failure -> client.runner().onFailure("restore", namespace.name(), failure))
                .onFailure()
                .recoverWithItem(Optional.empty());
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
