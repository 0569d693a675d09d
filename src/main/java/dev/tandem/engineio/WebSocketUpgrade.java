package dev.tandem.engineio;

import dev.tandem.engineio.transport.HttpHandover;
import dev.tandem.engineio.transport.OpeningHandshake;
import dev.tandem.engineio.transport.WebSocketConnection;
import dev.tandem.engineio.transport.WebSocketTransport;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Wire;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Turns requests into WebSockets. */
@Singleton
class WebSocketUpgrade {
    private static final Logger LOG = Logger.getLogger(WebSocketUpgrade.class);

    private final Vertx vertx;
    private final WebSocketDecoderConfig frames;
    private final Refusals refusals;
    /** One for all sockets. */
    private final Consumer<Wire> afterClose = this::cutLater;

    WebSocketUpgrade(Vertx vertx, EngineIoConfig config, Refusals refusals) {
        this.vertx = vertx;
        this.frames = HttpHandover.frames(config.maxPayload());
        this.refusals = refusals;
    }

    /**
     * Called on the request's event loop, as is {@code opened}, before the first frame is read; what comes in is heard on {@code
     * home}. Completes after {@code opened}; where the upgrade fails, the client knows already, or has gone.
     */
    Future<Void> perform(HttpExchange http, Context home, Consumer<WebSocketTransport> opened) {
        return begin(http, home, opened)
                .onFailure(failure ->
                        LOG.debugf("The upgrade to a WebSocket failed: reason=\"%s\"", failure.getMessage()));
    }

    /** The request was paused until it was known what to make of it, so one that has ended is one that nobody waits for any more. */
    private Future<Void> begin(HttpExchange http, Context home, Consumer<WebSocketTransport> opened) {
        HttpServerRequest request = http.request();
        if (request.isEnded()) {
            return Future.failedFuture("the client has gone");
        }
        Optional<HttpResponseStatus> refusal = OpeningHandshake.refusal(request);
        Future<Void> done = refusal.isPresent()
                ? refuse(request, refusal.get())
                : request.end().map(read -> accept(http, home, opened));
        request.resume();
        return done;
    }

    private Future<Void> refuse(HttpServerRequest request, HttpResponseStatus status) {
        refusals.refuse(request.response(), status);
        return Future.failedFuture("refused with " + status);
    }

    private Void accept(HttpExchange http, Context home, Consumer<WebSocketTransport> opened) {
        HttpServerRequest request = http.request();
        Context from = http.context();
        WebSocketConnection socket =
                HttpHandover.take(request.connection(), from, frames, () -> OpeningHandshake.accept(request));
        begin(new WebSocketTransport(socket, from, home, afterClose), opened);
        from.runOnContext(turn -> socket.opened());
        return null;
    }

    /** A socket that nobody would hear must not stay. */
    private static void begin(WebSocketTransport transport, Consumer<WebSocketTransport> opened) {
        transport.start();
        try {
            opened.accept(transport);
        } catch (RuntimeException unforeseen) {
            LOG.error("A WebSocket could not be opened", unforeseen);
            transport.close(CloseReason.TRANSPORT_ERROR.code(), CloseReason.TRANSPORT_ERROR.text());
        }
    }

    /** A client that does not read does not read the close frame either. */
    private void cutLater(Wire channel) {
        vertx.setTimer(Outbound.CLOSE_TIMEOUT.toMillis(), late -> channel.close(CloseReason.TOO_SLOW.code(), "cut"));
    }
}
