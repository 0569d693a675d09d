package dev.tandem.engineio;

import dev.tandem.engineio.transport.WebSocketTransport;
import dev.tandem.outbound.WebSocketChannel;
import dev.tandem.outbound.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.spi.context.storage.AccessMode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Turns requests into WebSockets. */
@Singleton
class WebSocketUpgrade {
    private static final Logger LOG = Logger.getLogger(WebSocketUpgrade.class);
    /** How long the other side may take to close what this side has closed. */
    private static final Duration CUT_AFTER = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final EngineIoConfig config;
    /** One for all sockets. */
    private final Consumer<Wire> afterClose = this::cutLater;

    WebSocketUpgrade(Vertx vertx, EngineIoConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * Called on the request's event loop, as is {@code opened}, before the first frame is read; what comes in is heard on {@code
     * home}. Completes after {@code opened}; where the upgrade fails, the client knows already.
     */
    Future<Void> perform(HttpExchange http, Context home, Consumer<WebSocketTransport> opened) {
        HttpServerRequest request = http.request();
        Future<Void> done = request.toWebSocket()
                .map(socket -> transport(socket, WebSocketChannel.of(request.connection(), home), http.context(), home))
                .onSuccess(WebSocketTransport::start)
                .onSuccess(opened::accept)
                .mapEmpty();
        request.resume();
        return done.onFailure(
                failure -> LOG.debugf("The upgrade to a WebSocket failed: reason=\"%s\"", failure.getMessage()));
    }

    /** What the request said, and what the server noted with its context, is not needed any more, for as long as the socket lives. */
    private WebSocketTransport transport(ServerWebSocket socket, WebSocketChannel channel, Context from, Context home) {
        socket.headers().clear();
        ((ContextInternal) from).removeLocal(ContextInternal.LOCAL_MAP, AccessMode.CONCURRENT);
        return new WebSocketTransport(socket, channel, from, home, config.maxPayload(), afterClose);
    }

    /** A client that does not read does not read the close frame either. */
    private void cutLater(Wire channel) {
        vertx.setTimer(CUT_AFTER.toMillis(), late -> channel.close(CloseReason.TOO_SLOW.code(), "cut"));
    }
}
