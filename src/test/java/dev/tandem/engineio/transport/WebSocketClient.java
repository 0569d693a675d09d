package dev.tandem.engineio.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The other end of a {@link WebSocketConnection}, byte by byte, without a network. */
final class WebSocketClient {
    final WebSocketConnection connection;
    final EmbeddedChannel server;
    private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
    private final EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 100_000));
    private final List<String> got = new ArrayList<>();

    WebSocketClient(Context context, int maxPayload) {
        connection = new WebSocketConnection(context, maxPayload);
        server = new EmbeddedChannel(new WebSocket13FrameDecoder(HttpHandover.frames(maxPayload)), connection);
    }

    void send(WebSocketFrame frame) {
        encoder.writeOutbound(frame);
        ByteBuf bytes = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            bytes.writeBytes(part);
            part.release();
        }
        send(bytes);
    }

    void send(String hex) {
        send(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    void close() {
        server.close();
    }

    /** Everything that has come from the server so far; its close frame as {@code closed}. */
    List<String> got() {
        for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
            decoder.writeInbound(bytes);
        }
        for (WebSocketFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
            got.add(shown(frame));
            ReferenceCountUtil.release(frame);
        }
        return got;
    }

    private void send(ByteBuf bytes) {
        if (server.isOpen()) {
            server.writeInbound(bytes);
        }
    }

    private static String shown(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            return text.text();
        } else if (frame instanceof CloseWebSocketFrame close) {
            return "closed " + close.statusCode() + " " + close.reasonText();
        } else if (frame instanceof PongWebSocketFrame pong) {
            return "pong " + pong.content().toString(StandardCharsets.UTF_8);
        }
        byte[] data = new byte[frame.content().readableBytes()];
        frame.content().readBytes(data);
        return (frame instanceof BinaryWebSocketFrame ? "binary " : "? ")
                + HexFormat.of().formatHex(data);
    }
}
