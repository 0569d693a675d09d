package dev.tandem.redis;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;

/**
 * Vert.x for clients that send many small things: the connections of its network clients send what is written in one turn of their event
 * loop with one system call. The Redis client would make one for each command.
 */
final class OneWriteATurn extends VertxWrapper {
    /** A turn that writes more than that sends in between. */
    private static final int MOST_WRITES = 256;

    private OneWriteATurn(VertxInternal vertx) {
        super(vertx);
    }

    static Vertx of(Vertx vertx) {
        return new OneWriteATurn((VertxInternal) vertx);
    }

    /** It lives until it is closed, or Vert.x is. */
    @Override
    public NetClient createNetClient(NetClientOptions options) {
        CloseFuture life = new CloseFuture();
        NetClientImpl client = new NetClientImpl(delegate, null, options, life) {
            @Override
            protected void initChannel(ChannelPipeline pipeline) {
                super.initChannel(pipeline);
                pipeline.addFirst(new FlushConsolidationHandler(MOST_WRITES, true));
            }
        };
        life.add(client);
        delegate.addCloseHook(life);
        return client;
    }
}
