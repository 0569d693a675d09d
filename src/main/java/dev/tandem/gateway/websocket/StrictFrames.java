package dev.tandem.gateway.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Text must be UTF-8 (RFC 6455, 8.1), which the HTTP server does not insist on: it reads what is not as replacement characters. */
final class StrictText {
    private StrictText() {}

    /** From now on text that is not UTF-8 closes that WebSocket with 1007. On its event loop. */
    static void on(HttpConnection connection) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
        // A connection that is gone already has no handlers any more.
        if (encoder != null) {
            pipeline.addAfter(encoder.name(), null, new Utf8FrameValidator());
        }
    }
}
