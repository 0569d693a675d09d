package dev.tandem.gateway.socketio;

import dev.tandem.engineio.HandshakeGate;
import dev.tandem.session.Session;
import dev.tandem.session.Sessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;

/** Finds out who opens a Socket.IO session, by the session cookie. */
@Singleton
class IdentityGate implements HandshakeGate {
    private final Sessions sessions;

    IdentityGate(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Admission> admit(HttpServerRequest request) {
        return sessions.resolve(request.getHeader("Cookie")).map(IdentityGate::admission);
    }

    private static Admission admission(Session session) {
        Map<String, String> headers =
                session.setCookie().map(cookie -> Map.of("Set-Cookie", cookie)).orElse(Map.of());
        return new Admission(session.user(), headers);
    }
}
