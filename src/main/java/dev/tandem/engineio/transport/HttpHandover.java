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
     * Takes a connection over from the HTTP server, which keeps nothing of it; what the client sends is read as {@link #frames} say. Called
     * on its event loop {@code context}, when the request has been read to its end; {@code accept} is to end the response.
     */
    public static WebSocketConnection take(
            HttpConnection connection, Context context, WebSocketDecoderConfig frames, Runnable accept) {
        WebSocketConnection taken = new WebSocketConnection(context, frames.maxFramePayloadLength());
        ChannelHandlerContext server = ((ConnectionBase) connection).channelHandlerContext();
        server.pipeline().addBefore(server.name(), WEB_SOCKET, taken);
        accept.run();
        replaceHttp(server.pipeline(), new WebSocket13FrameDecoder(frames));
        letGo(server);
        return taken;
    }

    /** How frames are read, for all connections: as strict as the specification, with messages of at most so many bytes. */
    public static WebSocketDecoderConfig frames(int maxPayload) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .build();
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

    /** The HTTP server is told that its connection has ended, and keeps nothing of it. */
    private static void letGo(ChannelHandlerContext server) {
        server.pipeline().context(WEB_SOCKET).fireChannelInactive();
        server.pipeline().remove(server.name());
    }
}
