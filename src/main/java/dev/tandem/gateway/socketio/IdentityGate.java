package dev.tandem.gateway.socketio;

import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.engineio.HandshakeGate;
import dev.tandem.origin.Origins;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.LiveCallers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out who opens a Socket.IO session, by the headers, once; the session ends with the proof. Where there are no guests, who shows
 * nothing may still show a token in a namespace, and is nobody until then.
 */
@Singleton
class IdentityGate implements HandshakeGate {
    private final Callers callers;
    private final LiveCallers live;
    private final Origins origins;

    IdentityGate(Callers callers, LiveCallers live, Origins origins) {
        this.callers = callers;
        this.live = live;
        this.origins = origins;
    }

    @Override
    public Uni<Admission> admit(HttpServerRequest request) {
        Credentials shown = Credentials.of(request, origins.trusts(request));
        Uni<Optional<Caller>> caller =
                callers.guestsAreWelcome() ? callers.resolve(shown).map(Optional::of) : callers.find(shown);
        return caller.map(IdentityGate::admission);
    }

    @Override
    public Runnable onOpen(Object identity, EngineIoSession session) {
        return identity instanceof Caller caller
                ? live.add(caller, () -> session.dismiss(CloseReason.UNAUTHENTICATED))
                : () -> {};
    }

    private static Admission admission(Optional<Caller> caller) {
        Map<String, String> headers = caller.flatMap(Caller::setCookie)
                .map(cookie -> Map.of("Set-Cookie", cookie))
                .orElse(Map.of());
        return new Admission(caller.map(Caller::told).orElse(null), headers);
    }
}
