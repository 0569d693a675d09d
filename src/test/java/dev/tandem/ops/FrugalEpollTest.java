package dev.tandem.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.http.HttpServerOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that a socket is asked for what it does not do by itself, and for nothing else. */
class FrugalEpollTest {

    @Test
    void whatIsSoAnywayIsNotAskedFor() {
        Map<ChannelOption<?>, Object> asked = asked(new HttpServerOptions());
        assertThat(asked)
                .doesNotContainKeys(ChannelOption.TCP_NODELAY, ChannelOption.SO_KEEPALIVE, EpollChannelOption.TCP_CORK);
        assertThat(asked).containsKey(ChannelOption.RCVBUF_ALLOCATOR);
    }

    @Test
    void whatIsSetIs() {
        HttpServerOptions options = new HttpServerOptions();
        options.setTcpNoDelay(false).setTcpKeepAlive(true).setTcpCork(true);
        assertThat(asked(options))
                .containsEntry(ChannelOption.TCP_NODELAY, false)
                .containsEntry(ChannelOption.SO_KEEPALIVE, true)
                .containsEntry(EpollChannelOption.TCP_CORK, true);
    }

    @Test
    void socketsAreReadAsOthersAre() {
        MaxMessagesRecvByteBufAllocator reading =
                (MaxMessagesRecvByteBufAllocator) asked(new HttpServerOptions()).get(ChannelOption.RCVBUF_ALLOCATOR);
        Epoll.ensureAvailability();
        EpollSocketChannel another = new EpollSocketChannel();
        MaxMessagesRecvByteBufAllocator itsOwn = another.config().getRecvByteBufAllocator();
        another.unsafe().closeForcibly();

        assertThat(reading).isInstanceOf(itsOwn.getClass());
        assertThat(reading.maxMessagesPerRead()).isEqualTo(itsOwn.maxMessagesPerRead());
    }

    private static Map<ChannelOption<?>, Object> asked(HttpServerOptions options) {
        ServerBootstrap bootstrap = new ServerBootstrap();
        new FrugalEpoll().configure(options, false, bootstrap);
        return bootstrap.config().childOptions();
    }
}
