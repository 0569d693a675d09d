package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.TandemException;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.LiveCallers;
import dev.tandem.socketio.ConnectRefused;
import dev.tandem.socketio.Socket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out who a socket of the rooms is: by the token in the payload of its CONNECT, else by what its session showed. Who comes back
 * by a private id is who they were, if the proof by which they were let in is still good, and may show a token of their own alone.
 */
@Singleton
class SocketIdentity {
    private final Callers callers;
    private final LiveCallers live;

    /** By the ids of the sockets that are somebody else than their session is: what to do when they go. */
    private final Map<String, Runnable> departures = new ConcurrentHashMap<>();

    SocketIdentity(Callers callers, LiveCallers live) {
        this.callers = callers;
        this.live = live;
    }

    /** A socket of which it is known who it is; {@code returned} is null for one that has not come back. */
    private record Proved(Caller caller, RoomsRecovery.Returned returned) {}

    /** Who has come in, and from where if not for the first time; else null. */
    record Entered(Caller caller, RoomsRecovery.Returned returned) {}

    /** Attaches {@link Proved} where it is not by its session; fails with {@link ConnectRefused}, which says the code. */
    Uni<Void> prove(Socket socket) {
        JsonNode token = socket.handshake().auth().path("token");
        RoomsRecovery.Returned returned = (RoomsRecovery.Returned) socket.attachment();
        if (token.isTextual()) {
            String actsFor = socket.handshake().auth().path("as").textValue();
            Credentials shown = Credentials.ofToken(
                    token.textValue(), actsFor, socket.handshake().address());
            return attach(socket, returned, callers.resolve(shown));
        } else if (!token.isMissingNode() && !token.isNull()) {
            return refuse(TandemException.unauthenticated("A token is a text."));
        } else if (returned != null) {
            return attach(socket, returned, callers.again(returned.proof()));
        }
        return socket.handshake().identity() == null
                ? refuse(TandemException.unauthenticated("Who is calling must be proved."))
                : Uni.createFrom().voidItem();
    }

    /** The socket has come in; from now on it ends with its proof. {@link #leave} must follow. */
    Entered enter(Socket socket) {
        if (socket.attachment() instanceof Proved proved) {
            departures.put(socket.id(), live.add(proved.caller(), () -> socket.disconnect(true)));
            return new Entered(proved.caller(), proved.returned());
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

    private static Uni<Void> attach(Socket socket, RoomsRecovery.Returned returned, Uni<Caller> proved) {
        return proved.invoke(caller -> socket.attach(proved(caller, returned)))
                .onFailure(TandemException.class)
                .recoverWithUni(failure -> refuse((TandemException) failure))
                .replaceWithVoid();
    }

    private static Proved proved(Caller caller, RoomsRecovery.Returned returned) {
        if (returned != null
                && !returned.proof().user().id().equals(caller.user().id())) {
            throw TandemException.unauthenticated("The token is another user's than the connection that was lost.");
        }
        return new Proved(caller, returned);
    }

    /** What is not the caller's fault is told with its code too, so that a client knows whether to try again. */
    private static <T> Uni<T> refuse(TandemException why) {
        String code = why.code().wireName();
        Map<String, Object> data = new HashMap<>(Map.of("code", code, "message", why.getMessage()));
        why.retryAfterSeconds().ifPresent(seconds -> data.put("retryAfter", seconds));
        return Uni.createFrom().failure(new ConnectRefused(code, data));
    }
}
