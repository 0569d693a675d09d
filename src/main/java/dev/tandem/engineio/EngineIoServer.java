package dev.tandem.engineio;

import dev.tandem.engineio.transport.RequestError;
import dev.tandem.origin.Origins;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes Engine.IO requests, with and without a slash at the end of the path, and passes them on: to open a session, or to one. */
@Singleton
public class EngineIoServer {
    private static final String PATH = "/socket.io";

    private final Vertx vertx;
    private final Origins origins;
    private final Handshakes handshakes;
    private final SessionRequests sessionRequests;
    private final SessionRegistry sessions;
    private final Refusals refusals;

    EngineIoServer(
            Vertx vertx,
            Origins origins,
            Handshakes handshakes,
            SessionRequests sessionRequests,
            SessionRegistry sessions,
            Refusals refusals) {
        this.vertx = vertx;
        this.origins = origins;
        this.handshakes = handshakes;
        this.sessionRequests = sessionRequests;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    void mount(@Observes Router router) {
        router.route(PATH).handler(this::onRequest);
        router.route(PATH + "/").handler(this::onRequest);
    }

    /**
     * At stop: takes nobody in any more, and tells every client to come back, to another node. Clients that poll are still answered,
     * so that they can be told.
     */
    public void drain() {
        handshakes.drain();
        sessions.forEach(session -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
    }

    /** Sessions that are open. */
    public int size() {
        return sessions.size();
    }

    /** The one that reads the request; not the context that is the request's alone, which a session would keep. */
    private Context eventLoop() {
        return ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    private void onRequest(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        origins.mark(request);
        if (request.method() == HttpMethod.OPTIONS) {
            origins.preflight(request, "GET,POST");
            request.response().setStatusCode(204).end();
            return;
        }
        HttpExchange http = new HttpExchange(request, eventLoop());
        EngineIoRequest asked = EngineIoRequest.of(request);
        Optional<RequestError> error = asked.error();
        if (error.isPresent()) {
            refusals.refuse(http, error.get());
        } else if (asked.isHandshake()) {
            handshakes.onRequest(http, asked);
        } else {
            sessionRequests.onRequest(http, asked);
        }
    }
}
