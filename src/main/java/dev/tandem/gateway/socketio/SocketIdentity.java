package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserRef;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.LiveCallers;
import dev.tandem.socketio.ConnectRefused;
import dev.tandem.socketio.Socket;
import dev.tandem.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out who a socket of the rooms is: by the token in the payload of its CONNECT, else by what its session showed. Who comes back
 * by a private id is who they were, unless that user was deleted meanwhile, and may show a token of their own alone.
 */
@Singleton
class SocketIdentity {
    private final Callers callers;
    private final LiveCallers live;
    private final Users users;

    /** By the ids of the sockets that are somebody else than their session is: what to do when they go. */
    private final Map<String, Runnable> departures = new ConcurrentHashMap<>();

    SocketIdentity(Callers callers, LiveCallers live, Users users) {
        this.callers = callers;
        this.live = live;
        this.users = users;
    }

    /** A socket whose token was good; {@code attachment} is what was attached before. */
    private record Proved(Caller caller, Object attachment) {}

    /** Who has come in, and from where if not for the first time; else null. */
    record Entered(Caller caller, RoomsRecovery.Returned returned) {}

    /** Attaches {@link Proved} if there is a token; fails with {@link ConnectRefused}, which says the code. */
    Uni<Void> prove(Socket socket) {
        JsonNode token = socket.handshake().auth().path("token");
        if (token.isMissingNode() || token.isNull()) {
            return known(socket);
        } else if (!token.isTextual()) {
            return refuse(TandemException.unauthenticated("A token is a text."));
        }
        String actsFor = socket.handshake().auth().path("as").textValue();
        Credentials shown = Credentials.ofToken(
                token.textValue(), actsFor, socket.handshake().address());
        return callers.resolve(shown)
                .invoke(caller -> attach(socket, caller))
                .onFailure(TandemException.class)
                .recoverWithUni(failure -> refuse((TandemException) failure))
                .replaceWithVoid();
    }

    /** The socket has come in; from now on it ends with its proof. {@link #leave} must follow. */
    Entered enter(Socket socket) {
        Runnable end = () -> socket.disconnect(true);
        if (socket.attachment() instanceof Proved proved) {
            departures.put(socket.id(), live.add(proved.caller(), end));
            return entered(proved.caller(), proved.attachment());
        } else if (socket.attachment() instanceof RoomsRecovery.Returned returned) {
            departures.put(socket.id(), live.add(returned.user().id(), end));
            return new Entered(new Caller.Passing(returned.user()), returned);
        }
        return new Entered((Caller) socket.handshake().identity(), null);
    }

    /** The socket is gone. */
    void leave(Socket socket) {
        Runnable departure = departures.remove(socket.id());
        if (departure != null) {
            departure.run();
        }
    }

    private static Entered entered(Caller caller, Object attachment) {
        return new Entered(caller, attachment instanceof RoomsRecovery.Returned returned ? returned : null);
    }

    private static void attach(Socket socket, Caller caller) {
        if (socket.attachment() instanceof RoomsRecovery.Returned returned && !isSame(returned.user(), caller.user())) {
            throw TandemException.unauthenticated("The token is another user's than the connection that was lost.");
        }
        socket.attach(new Proved(caller, socket.attachment()));
    }

    private static boolean isSame(UserRef one, UserRef other) {
        return one.id().equals(other.id());
    }

    private Uni<Void> known(Socket socket) {
        if (socket.attachment() instanceof RoomsRecovery.Returned returned) {
            return users.touch(returned.user(), Users.Naming.KNOWN_ONLY, Instant.EPOCH)
                    .chain(found -> found.isPresent() ? Uni.createFrom().voidItem() : refuse(nobody()));
        }
        return socket.handshake().identity() == null
                ? refuse(nobody())
                : Uni.createFrom().voidItem();
    }

    private static TandemException nobody() {
        return TandemException.unauthenticated("Who is calling must be proved.");
    }

    /** What is not the caller's fault is told with its code too, so that a client knows whether to try again. */
    private static <T> Uni<T> refuse(TandemException why) {
        String code = why.code().wireName();
        Map<String, Object> data = new HashMap<>(Map.of("code", code, "message", why.getMessage()));
        why.retryAfterSeconds().ifPresent(seconds -> data.put("retryAfter", seconds));
        return Uni.createFrom().failure(new ConnectRefused(code, data));
    }
}
