package dev.tandem.ops;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.net.NetServerOptions;

/**
 * Epoll, under which a connection that comes in costs less: nothing is asked of its socket that it does anyway, each of which is a system
 * call, and how much is read at once is found by one object for all, which keeps nothing of its own.
 */
final class FrugalEpoll extends EpollTransport {
    /** As Netty has it for a TCP socket of its own. */
    private static final int READS_AT_ONCE = 16;

    private final RecvByteBufAllocator reading = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_AT_ONCE);

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        if (options.getReceiveBufferSize() == NetServerOptions.DEFAULT_RECEIVE_BUFFER_SIZE) {
            bootstrap.childOption(ChannelOption.RCVBUF_ALLOCATOR, reading);
        }
        if (options.isTcpNoDelay()) {
            // As Netty has it.
            bootstrap.childOption(ChannelOption.TCP_NODELAY, null);
        }
        if (!options.isTcpKeepAlive()) {
            bootstrap.childOption(ChannelOption.SO_KEEPALIVE, null);
        }
        if (!options.isTcpCork()) {
            bootstrap.childOption(EpollChannelOption.TCP_CORK, null);
        }
    }
}
