package dev.tandem.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.future.PromiseInternal;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The shortest way onto a WebSocket: a burst, joined to one buffer that every connection with the same burst shares, is written to the
 * channel under it, with one system call. Whatever else is written on the socket keeps its place in the order, as long as it is written on
 * the event loop too.
 */
public final class WebSocketChannel {
    private static final Future<Void> LEFT = Future.succeededFuture();
    private static final Future<Void> CLOSED = Future.failedFuture("closed");

    private final ChannelHandlerContext channel;
    private final ContextInternal home;

    private WebSocketChannel(ChannelHandlerContext channel, ContextInternal home) {
        this.channel = channel;
        this.home = home;
    }

    /** The channel of the HTTP/1.1 connection that became, or is about to become, a WebSocket, for who lives on {@code home}. */
    public static WebSocketChannel of(HttpConnection connection, Context home) {
        return new WebSocketChannel(((ConnectionBase) connection).channelHandlerContext(), (ContextInternal) home);
    }

    /**
     * Called on the home event loop. Completes there when the last of the frames has been taken by the network: at once, as long as
     * the client reads.
     */
    public Future<Void> write(Burst burst) {
        ByteBuf frames = burst.webSocket(channel.alloc()).retainedDuplicate();
        if (channel.executor().inEventLoop()) {
            return write(frames);
        }
        PromiseInternal<Void> left = home.promise();
        channel.executor().execute(() -> write(frames).onComplete(left));
        return left;
    }

    private Future<Void> write(ByteBuf frames) {
        ChannelOutboundBuffer waiting = channel.channel().unsafe().outboundBuffer();
        if (waiting == null) {
            frames.release();
            return CLOSED;
        }
        channel.write(frames, channel.voidPromise());
        channel.flush();
        return waiting.isEmpty() ? LEFT : whenAllHasLeft();
    }

    /** Cuts the connection, whatever is still to be written. */
    public void cut() {
        channel.close();
    }

    private Future<Void> whenAllHasLeft() {
        Promise<Void> left = Promise.promise();
        ChannelPromise written = channel.newPromise();
        written.addListener(done -> {
            if (done.isSuccess()) {
                left.complete();
            } else {
                left.fail(done.cause());
            }
        });
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER, written);
        return left.future();
    }
}
