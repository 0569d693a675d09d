package dev.tandem.engineio;

import dev.tandem.engineio.transport.RequestError;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Passes every request with a {@code sid} on, although its session is this node's: as if another node had got it. */
@Alternative
@Singleton
class RelayedRequests extends SessionRequests {
    private final RemoteRequests remote;
    private final Refusals refusals;

    RelayedRequests(
            SessionRegistry sessions,
            WebSocketUpgrade upgrade,
            Refusals refusals,
            RemoteRequests remote,
            EngineIoConfig config) {
        super(sessions, upgrade, refusals, remote, config);
        this.remote = remote;
        this.refusals = refusals;
    }

    @Override
    void onRequest(HttpExchange http, EngineIoRequest asked) {
        Optional<SessionId> session = SessionId.parse(asked.sid());
        session.ifPresentOrElse(
                sid -> remote.passOn(sid, http, asked), () -> refusals.refuse(http, RequestError.SESSION_ID_UNKNOWN));
    }
}
