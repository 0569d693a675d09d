package dev.tandem.gateway.websocket;

import dev.tandem.outbound.Outbound;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * What no setting of Quarkus says of WebSockets.
 *
 * <p>No extension (RFC 6455, 9) is agreed on: frames are encoded once for all their receivers, and neither door decodes what is
 * compressed. A setting switches compression by message off. That by frame has none, and would be agreed on in a native executable:
 * whether Vert.x may do something about WebSockets of its own it reads while the image is built, when Quarkus has not said no yet.
 *
 * <p>Who does not answer a close (RFC 6455, 7.1.1) is cut off at the plain door as soon as at that of Socket.IO, and within the time
 * that a node which stops gives them.
 */
@Singleton
class WebSocketOptions implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    private static void customize(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout((int) Outbound.CLOSE_TIMEOUT.toSeconds());
    }
}
