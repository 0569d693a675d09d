package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;

/**
 * The shortest way onto a WebSocket: a burst, joined to one buffer that every connection with the same burst shares, is written past the
 * handlers of the protocol, which have nothing to add, with one system call.
 *
 * <p>Where nothing waits in the channel's queue that call is made right here, on the {@linkplain BareSocket socket} under the channel. The
 * queue costs a walk through half a dozen objects of the connection; of thousands of connections none is in the processor's caches, and
 * finding them took a quarter of what is done for a delivery outside of the kernel. What the socket does not take goes to the queue, and so
 * does everything behind it until the queue is empty again.
 *
 * <p>Whatever else is written on the socket keeps its place in the order, as long as it is written on the event loop too.
 *
 * <p>What is written so would not be seen by the server's idle time-out, which is taken out: the doors listen for signs of life
 * themselves. Written from the home event loop, which may be another one than the channel's.
 */
public final class WebSocketChannel implements Wire {
    private static final Future<Void> LEFT = Future.succeededFuture();
    private static final Future<Void> CLOSED = Future.failedFuture("closed");

    private final ChannelHandlerContext handler;
    private final ContextInternal home;
    /** Where encoded frames leave the protocol's handlers; null until the first is written. */
    private ChannelHandlerContext encoder;

    private EventLoop loop;
    private Channel.Unsafe channel;
    /** Nothing stands between the protocol and the network, as TLS would. */
    private boolean straight;
    /** Nobody else writes to the channel, from the first write of this side on. */
    private boolean alone;
    /** The one under the channel, for {@link BareSocket}. */
    private Object socket;
    /** Nothing of what was written here waits in the channel's queue, which need not be looked at then. */
    private boolean caughtUp;

    private WebSocketChannel(ChannelHandlerContext handler, Context home) {
        this.handler = handler;
        this.home = (ContextInternal) home;
    }

    /**
     * The channel of the HTTP/1.1 connection that became, or is about to become, a WebSocket of the HTTP server's, for who lives on
     * {@code home}.
     */
    public static WebSocketChannel of(HttpConnection connection, Context home) {
        return new WebSocketChannel(((ConnectionBase) connection).channelHandlerContext(), home);
    }

    /**
     * The channel of a WebSocket on which nobody else writes, behind that handler, for who lives on {@code home}. Called on the channel's
     * event loop, once it has no other handlers than those of the WebSocket. There must be no other one for the same channel: each trusts
     * in what itself has written.
     */
    public static WebSocketChannel of(ChannelHandlerContext handler, Context home) {
        WebSocketChannel channel = new WebSocketChannel(handler, home);
        channel.onWebSocket();
        return channel;
    }

    /**
     * Called on the home event loop, once the connection is a WebSocket. Completes there when the last of the frames has been taken by
     * the network: at once, as long as the client reads.
     */
    @Override
    public Future<Void> write(Burst burst) {
        ByteBuf frames = burst.webSocket(PooledByteBufAllocator.DEFAULT);
        if (!isHere()) {
            return writeThere(frames.retainedDuplicate());
        }
        int taken = pass(frames);
        return taken == frames.readableBytes()
                ? LEFT
                : queue(frames.retainedDuplicate().skipBytes(taken));
    }

    @Override
    public boolean isAtHand() {
        return encoder != null && loop.inEventLoop() && straight && isQueueEmpty();
    }

    /** Writes one frame, as {@link #write(Burst)} does. */
    public Future<Void> write(Frame.Single frame) {
        return write(WebSocketFrames.encode(frame, PooledByteBufAllocator.DEFAULT));
    }

    /** The same with the frame that closes the WebSocket, on this side (RFC 6455, 5.5.1). */
    public Future<Void> writeClose(int code, String reason) {
        return write(WebSocketFrames.close(code, reason, PooledByteBufAllocator.DEFAULT));
    }

    /** The same with the answer to a ping that had {@code data}, which is not released (RFC 6455, 5.5.3). */
    public Future<Void> writePong(ByteBuf data) {
        return write(WebSocketFrames.pong(data, PooledByteBufAllocator.DEFAULT));
    }

    /** Cuts the connection, whatever is still to be written, and says nothing. From any thread. */
    @Override
    public void close(int code, String reason) {
        handler.close();
    }

    private Future<Void> write(ByteBuf frames) {
        return isHere() ? writeNow(frames) : writeThere(frames);
    }

    /** Whether the channel's event loop is this one. */
    private boolean isHere() {
        if (encoder == null) {
            onWebSocket();
        }
        return loop.inEventLoop();
    }

    private Future<Void> writeThere(ByteBuf frames) {
        PromiseInternal<Void> left = home.promise();
        loop.execute(() -> writeNow(frames).onComplete(left));
        return left;
    }

    private Future<Void> writeNow(ByteBuf frames) {
        int taken = pass(frames);
        if (taken < frames.readableBytes()) {
            return queue(frames.skipBytes(taken));
        }
        frames.release();
        return LEFT;
    }

    /** How many bytes the socket takes at once: none where they would overtake others, or the channel has to find out what is wrong. */
    private int pass(ByteBuf frames) {
        if (!straight || !isQueueEmpty()) {
            return 0;
        }
        try {
            return BareSocket.write(socket, frames);
        } catch (IOException | NotYetConnectedException broken) {
            return 0;
        }
    }

    private boolean isQueueEmpty() {
        if (alone) {
            return caughtUp && BareSocket.isOpen(socket);
        }
        ChannelOutboundBuffer waiting = channel.outboundBuffer();
        return waiting != null && waiting.totalPendingWriteBytes() == 0;
    }

    private Future<Void> queue(ByteBuf frames) {
        ChannelOutboundBuffer waiting = channel.outboundBuffer();
        if (waiting == null) {
            frames.release();
            return CLOSED;
        }
        caughtUp = false;
        if (straight) {
            channel.write(frames, encoder.voidPromise());
            channel.flush();
        } else {
            encoder.write(frames, encoder.voidPromise());
            encoder.flush();
        }
        caughtUp = waiting.totalPendingWriteBytes() == 0;
        return waiting.isEmpty() ? LEFT : whenAllHasLeft();
    }

    private void onWebSocket() {
        ChannelPipeline pipeline = handler.pipeline();
        ChannelHandlerContext servers = pipeline.context(WebSocketFrameEncoder.class);
        encoder = servers == null ? handler : servers;
        loop = pipeline.channel().eventLoop();
        channel = pipeline.channel().unsafe();
        straight = pipeline.first() instanceof WebSocketFrameDecoder;
        alone = servers == null;
        socket = BareSocket.of(pipeline.channel());
        if (servers != null) {
            loop.execute(() -> removeIdleTimeout(pipeline));
        }
    }

    private static void removeIdleTimeout(ChannelPipeline pipeline) {
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
    }

    private Future<Void> whenAllHasLeft() {
        Promise<Void> left = Promise.promise();
        ChannelPromise written = encoder.newPromise();
        written.addListener(done -> {
            if (done.isSuccess()) {
                left.complete();
            } else {
                left.fail(done.cause());
            }
        });
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER, written);
        return left.future();
    }
}
