package dev.tandem.gateway.websocket;

import dev.tandem.outbound.Outbound;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Frames that must not be close a WebSocket with the code that says so (RFC 6455, 7.4.1); the HTTP server would just cut the connection.
 * And it does not insist that text is UTF-8 (8.1), which it reads with replacement characters otherwise, nor that reserved bits are
 * not set (5.2), since no extension was agreed on. Nothing that comes behind such a frame is heard, but for the client's close frame.
 */
final class StrictFrames extends Utf8FrameValidator {
    private final Outbound outbound;
    private boolean failed;

    StrictFrames(Outbound outbound) {
        super(false);
        this.outbound = outbound;
    }

    /** From now on such frames close that WebSocket, whose way out is given. On its event loop. */
    static void on(HttpConnection connection, Outbound outbound) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        ChannelHandlerContext encoder = pipeline.context(WebSocketFrameEncoder.class);
        // A connection that is gone already has no handlers any more.
        if (encoder != null) {
            pipeline.addAfter(encoder.name(), null, new StrictFrames(outbound));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof WebSocketFrame frame && frame.rsv() != 0) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR);
        }
        if (failed && !(message instanceof CloseWebSocketFrame)) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    /** Of the decoder, or of what is made of text here. The decoder passes over whatever follows then. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (cause instanceof CorruptedWebSocketFrameException corrupt) {
            fail(corrupt.closeStatus());
        } else {
            super.exceptionCaught(context, cause);
        }
    }

    private void fail(WebSocketCloseStatus status) {
        failed = true;
        outbound.close(status.code(), reason(status));
    }

    private static String reason(WebSocketCloseStatus status) {
        if (status.equals(WebSocketCloseStatus.INVALID_PAYLOAD_DATA)) {
            return "not UTF-8";
        }
        return status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ? "message too big" : "protocol error";
    }
}
