package dev.tandem.engineio;

import dev.tandem.engineio.transport.RequestError;
import dev.tandem.id.NodeId;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Requests with a {@code sid} that no session here has: what they ask is asked of the node that the {@code sid} names, if that is
 * another one. What can be judged by the request alone is judged here.
 */
@Singleton
class RemoteRequests {
    private final NodeId self;
    private final RemoteSessions sessions;
    private final WebSocketUpgrade upgrade;
    private final Refusals refusals;
    private final EngineIoConfig config;

    RemoteRequests(
            NodeId self, RemoteSessions sessions, WebSocketUpgrade upgrade, Refusals refusals, EngineIoConfig config) {
        this.self = self;
        this.sessions = sessions;
        this.upgrade = upgrade;
        this.refusals = refusals;
        this.config = config;
    }

    void onRequest(HttpExchange http, EngineIoRequest asked) {
        Optional<SessionId> session =
                SessionId.parse(asked.sid()).filter(sid -> !sid.owner().equals(self));
        if (session.isEmpty()) {
            refusals.refuse(http, RequestError.SESSION_ID_UNKNOWN);
        } else {
            passOn(session.get(), http, asked);
        }
    }

    void passOn(SessionId session, HttpExchange http, EngineIoRequest asked) {
        asked.formError().ifPresentOrElse(error -> refusals.refuse(http, error), () -> ask(session, http, asked));
    }

    private void ask(SessionId session, HttpExchange http, EngineIoRequest asked) {
        if (asked.webSocket()) {
            http.request().pause();
            sessions.upgrade(session, http.context(), http, accepted -> upgrade(http, accepted));
        } else if (asked.method() == HttpMethod.GET) {
            http.onAbort(sessions.poll(session, http));
        } else {
            sessions.post(session, http, http.request().getHeader("Content-Type"), http.body(config.maxPayload()));
        }
    }

    private void upgrade(HttpExchange http, RemoteSessions.Upgrade accepted) {
        upgrade.perform(http, http.context(), accepted::begin).onFailure(failure -> accepted.giveUp());
    }
}
