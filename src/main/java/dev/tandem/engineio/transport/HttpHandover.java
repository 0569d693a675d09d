package dev.tandem.engineio.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** How a connection of the HTTP server's becomes a {@link WebSocketConnection}. */
public final class HttpHandover {
    private static final String WEB_SOCKET = "webSocket";
    private static final String FRAMES = "frames";

    private HttpHandover() {}

    /**
     * Takes a connection over from the HTTP server, for messages of at most {@code maxPayload} bytes. Called on its event loop {@code
     * context}, when the request has been read to its end; {@code accept} is to end the response.
     */
    public static WebSocketConnection take(
            HttpConnection connection, Context context, int maxPayload, Runnable accept) {
        WebSocketConnection taken = new WebSocketConnection(context, maxPayload);
        ChannelHandlerContext server = ((ConnectionBase) connection).channelHandlerContext();
        server.pipeline().addBefore(server.name(), WEB_SOCKET, taken);
        accept.run();
        replaceHttp(server.pipeline(), decoder(maxPayload));
        return taken;
    }

    /** The decoder of frames, as strict as the specification. */
    static ChannelHandler decoder(int maxPayload) {
        return new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build());
    }

    private static void replaceHttp(ChannelPipeline pipeline, ChannelHandler frames) {
        pipeline.addBefore(WEB_SOCKET, FRAMES, frames);
        for (String name : pipeline.names()) {
            if (name.equals(FRAMES)) {
                return;
            }
            if (!(pipeline.get(name) instanceof SslHandler)) {
                pipeline.remove(name);
            }
        }
    }
}
