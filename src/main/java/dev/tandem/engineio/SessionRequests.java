package dev.tandem.engineio;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Requests with a {@code sid}: what they ask is asked of the session that has it, here or elsewhere. */
@Singleton
class SessionRequests {
    private final SessionRegistry sessions;
    private final WebSocketUpgrade upgrade;
    private final Refusals refusals;
    private final RemoteRequests remote;
    private final EngineIoConfig config;

    SessionRequests(
            SessionRegistry sessions,
            WebSocketUpgrade upgrade,
            Refusals refusals,
            RemoteRequests remote,
            EngineIoConfig config) {
        this.sessions = sessions;
        this.upgrade = upgrade;
        this.refusals = refusals;
        this.remote = remote;
        this.config = config;
    }

    void onRequest(HttpExchange http, EngineIoRequest asked) {
        Optional<EngineIoSession> session = sessions.find(asked.sid());
        if (session.isEmpty()) {
            remote.onRequest(http, asked);
            return;
        }
        asked.sessionError(session.get())
                .ifPresentOrElse(error -> refusals.refuse(http, error), () -> ask(session.get(), http, asked));
    }

    private void ask(EngineIoSession session, HttpExchange http, EngineIoRequest asked) {
        if (asked.webSocket()) {
            upgrade.perform(http, session.context(), session::upgrade);
        } else if (asked.method() == HttpMethod.GET) {
            http.onAbort(() -> session.abort(http));
            session.poll(http);
        } else {
            HttpServerRequest request = http.request();
            session.post(http, request.getHeader("Content-Type"), http.body(config.maxPayload()));
        }
    }
}
