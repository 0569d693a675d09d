package dev.tandem.engineio.transport;

import dev.tandem.engineio.transport.Transport.Fault;
import dev.tandem.outbound.WebSocketChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A connection that the HTTP server has given up to a WebSocket, from its first frame to its end (RFC 6455): it is what comes in, put
 * together from frames, and the closing handshake. What goes out is written to its {@link #channel}.
 *
 * <p>In the channel's pipeline there is nothing else but the decoder of frames before it: to the HTTP server the request was answered, and
 * its connection has ended. So an idle connection keeps nothing of either.
 *
 * <p>Touched on the channel's event loop only. Bounds: a message has at most {@code maxPayload} bytes; while it is {@linkplain #pause not
 * read} it keeps what had been received already, up to a megabyte and a message; pings that the client does not want to read the answer
 * to are not answered.
 *
 * <p>Netty looks up which events it handles, in a native image too, so that the others pass it by.
 */
@RegisterForReflection
public final class WebSocketConnection extends ChannelDuplexHandler {
    private static final char REPLACEMENT = '\uFFFD';
    /**
     * Past so many bytes, and the longest message, what is not heard yet ends the connection: of a client that has closed its side all is
     * read. One read brings less, but for a message that it is the end of.
     */
    private static final int MOST_HELD = 1 << 20;
    /** What a frame costs beside its bytes. */
    private static final int EACH = 64;

    /** Hears what comes in. */
    interface Listener {
        void onText(String text);

        void onBinary(byte[] data);

        /** Nothing else will be heard, except of the end. */
        void onFault(Fault fault);

        /** Called once. */
        void onClosed();
    }

    private final ContextInternal context;
    private final int maxPayload;
    private Listener listener;
    private ChannelHandlerContext handler;
    /** Null until something is written, or somebody may want to. */
    private WebSocketChannel channel;
    /**
     * The answer to the request waits for the first frame of this side, so that both go at once; what the client has sent without waiting
     * for it is heard after that.
     */
    private boolean opening = true;

    private boolean paused;
    private boolean closing;
    private boolean closed;
    private boolean broken;
    /** What is wrong with what the client has sent before that; null if nothing. */
    private Fault early;
    /** What has come of a message that is not whole yet; null if none. */
    private Fragments begun;

    /** What came before the connection was opened, or paused, and was not heard yet; null if there never was any. */
    private Deque<WebSocketFrame> held;

    private long heldBytes;

    WebSocketConnection(Context context, int maxPayload) {
        this.context = (ContextInternal) context;
        this.maxPayload = maxPayload;
    }

    /** Where all of this side's frames are written, for who lives on {@code home}: the first who asks. */
    public WebSocketChannel channel(Context home) {
        if (channel == null) {
            channel = WebSocketChannel.of(handler, home);
        }
        return channel;
    }

    /** Begins to tell of what comes in. */
    void hear(Listener next) {
        listener = next;
    }

    /** In the turn after it was taken over: lets the answer to the request go, if no frame of this side has taken it along. */
    public void opened() {
        opening = false;
        if (handler.channel().isActive()) {
            handler.flush();
            hearHeld();
            failAsBefore();
        } else {
            end();
        }
    }

    /** Tells of nothing more that comes in until {@link #resume}, and lets the client wait. */
    void pause() {
        paused = true;
        handler.channel().config().setAutoRead(false);
    }

    void resume() {
        paused = false;
        hearHeld();
        if (!paused && handler.channel().isOpen()) {
            handler.channel().config().setAutoRead(true);
        }
    }

    private void hearHeld() {
        while (!opening && !paused && held != null && !held.isEmpty()) {
            WebSocketFrame first = held.poll();
            heldBytes -= size(first);
            receive(first);
        }
    }

    /** Writes this side's close frame, after what was written before; the client's ends the connection then. From any thread. */
    void close(int code, String reason) {
        EventLoop loop = handler.channel().eventLoop();
        if (loop.inEventLoop()) {
            closeNow(code, reason);
        } else {
            loop.execute(() -> closeNow(code, reason));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        handler = added;
    }

    @Override
    public void flush(ChannelHandlerContext of) {
        if (!opening) {
            of.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext of, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ReferenceCountUtil.release(message);
        } else if (opening || paused || held != null && !held.isEmpty()) {
            hold(frame);
        } else {
            receive(frame);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext of) {
        if (held != null) {
            held.forEach(ReferenceCountUtil::release);
            held.clear();
        }
        end();
        of.fireChannelInactive();
    }

    /** A frame that must not be ends what is heard: the decoder takes no more. A connection that broke is at its end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext of, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            fail(fault(corrupted.closeStatus()));
        } else {
            fail(Fault.BROKEN);
            of.close();
        }
    }

    private static Fault fault(WebSocketCloseStatus status) {
        if (status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
            return Fault.TOO_LARGE;
        }
        return status.equals(WebSocketCloseStatus.INVALID_PAYLOAD_DATA) ? Fault.NOT_UTF8 : Fault.ILLEGAL_FRAME;
    }

    private void hold(WebSocketFrame frame) {
        if (heldBytes > MOST_HELD + (long) maxPayload) {
            frame.release();
            fail(Fault.TOO_LARGE);
            return;
        } else if (held == null) {
            held = new ArrayDeque<>();
        }
        held.add(frame);
        heldBytes += size(frame);
    }

    private static int size(WebSocketFrame frame) {
        return EACH + frame.content().readableBytes();
    }

    private void receive(WebSocketFrame frame) {
        try {
            context.dispatch(frame, this::take);
        } finally {
            frame.release();
        }
    }

    private void take(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            onClose(close);
        } else if (frame instanceof PingWebSocketFrame) {
            answer(frame.content());
        } else if (!broken && !(frame instanceof PongWebSocketFrame)) {
            onData(frame);
        }
    }

    private void onData(WebSocketFrame frame) {
        boolean text = frame instanceof TextWebSocketFrame;
        if (begun == null && frame.isFinalFragment()) {
            tell(text, frame.content());
            return;
        }
        if (begun == null) {
            begun = new Fragments(text, maxPayload);
        }
        Fragments message = begun;
        if (!message.add(frame.content())) {
            begun = null;
            fail(Fault.TOO_LARGE);
        } else if (frame.isFinalFragment()) {
            begun = null;
            tell(message.isText(), message.joined());
        }
    }

    private void tell(boolean text, ByteBuf whole) {
        if (text) {
            tell(whole.toString(StandardCharsets.UTF_8), whole);
        } else {
            listener.onBinary(ByteBufUtil.getBytes(whole));
        }
    }

    /** What is not UTF-8 was read as replacement characters, of which the client may have sent some as well. */
    private void tell(String text, ByteBuf utf8) {
        if (text.indexOf(REPLACEMENT) < 0 || ByteBufUtil.isText(utf8, StandardCharsets.UTF_8)) {
            listener.onText(text);
        } else {
            fail(Fault.NOT_UTF8);
        }
    }

    private void answer(ByteBuf ping) {
        if (!closing && handler.channel().isWritable()) {
            channel(context).writePong(ping);
        }
    }

    /** The client closes, or answers that this side did (5.5.1). */
    private void onClose(CloseWebSocketFrame close) {
        int status = close.statusCode();
        closeNow(status < 0 ? WebSocketCloseStatus.NORMAL_CLOSURE.code() : status, "")
                .onComplete(left -> handler.close());
        end();
    }

    private Future<Void> closeNow(int code, String reason) {
        boolean first = !closing;
        closing = true;
        return first ? channel(context).writeClose(code, reason) : Future.succeededFuture();
    }

    private void failAsBefore() {
        if (early != null) {
            fail(early);
        }
    }

    private void fail(Fault fault) {
        if (opening) {
            early = fault;
        } else if (!closed && !broken && listener != null) {
            broken = true;
            context.dispatch(fault, listener::onFault);
        }
    }

    private void end() {
        if (!closed && listener != null) {
            closed = true;
            context.dispatch(listener::onClosed);
        }
    }
}
