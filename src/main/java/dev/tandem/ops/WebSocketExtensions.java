package dev.tandem.ops;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * No extension of a WebSocket (RFC 6455, 9) is agreed on: frames are encoded once for all their receivers, and neither door decodes what
 * is compressed. A setting switches compression by message off. That by frame has none, and would be agreed on in a native executable:
 * whether Vert.x may do something about WebSockets of its own it reads while the image is built, when Quarkus has not said no yet.
 */
@Singleton
class WebSocketExtensions implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
