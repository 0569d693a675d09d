package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.Turns;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that nothing overtakes on a real socket, where some bytes pass the channel's queue by, and some do not. */
@ParameterizedClass
@EnumSource
class WebSocketChannelTest {
    /** By which the socket is written to. */
    enum Transport {
        /** Netty's own. */
        EPOLL {
            @Override
            void prepare(ServerBootstrap server) {
                assumeTrue(Epoll.isAvailable(), "there is epoll");
                server.group(new EpollEventLoopGroup(1)).channel(EpollServerSocketChannel.class);
            }
        },
        /** Java's selectors, of a native executable too; they do not show the number of a socket. */
        NIO {
            @Override
            void prepare(ServerBootstrap server) {
                server.group(new NioEventLoopGroup(1)).channel(NioServerSocketChannel.class);
            }
        };

        abstract void prepare(ServerBootstrap server);
    }

    private static final String PADDING = "x".repeat(1000);
    private static final int SMALL = 8 * 1024;
    private static final int WAIT_SECONDS = 10;

    /** Both ends of a connection. */
    private record Ends(Socket client, ChannelHandlerContext handler, WebSocketChannel channel) {}

    private final BlockingQueue<ChannelHandlerContext> accepted = new LinkedBlockingQueue<>();
    private final List<Socket> clients = new ArrayList<>();
    /** How often a channel was told that its queue has too much, or no longer. */
    private final AtomicInteger queued = new AtomicInteger();

    private final Transport transport;
    private EventLoopGroup loops;
    /** The channel has an encoder of its own, as that of the plain door, where the server writes too. */
    private boolean othersWrite;

    private InetSocketAddress address;

    WebSocketChannelTest(Transport transport) {
        this.transport = transport;
    }

    @BeforeEach
    void start() throws Exception {
        ServerBootstrap server = new ServerBootstrap();
        transport.prepare(server);
        loops = server.config().group();
        server.childOption(ChannelOption.SO_SNDBUF, SMALL).childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                accept(channel);
            }
        });
        address =
                (InetSocketAddress) server.bind("127.0.0.1", 0).sync().channel().localAddress();
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        if (loops != null) {
            loops.shutdownGracefully(0, WAIT_SECONDS, TimeUnit.SECONDS).sync();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientThatReadsNowAndThenGetsEverythingInOrder(boolean withOthers) throws Exception {
        othersWrite = withOthers;
        Ends ends = connect(unconnected());
        int rounds = 300;

        IntStream.range(0, rounds).forEach(round -> ends.handler().executor().execute(() -> writeSome(ends, round)));

        List<String> expected = new ArrayList<>();
        IntStream.range(0, rounds).forEach(round -> expected.addAll(some(round)));
        assertThat(read(ends.client(), expected.size())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesTheQueueByWhileThatIsEmpty(boolean withOthers) throws Exception {
        othersWrite = withOthers;
        Ends ends = connect(unconnected());
        write(ends, 0);
        ends.handler().channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(0, 1));

        write(ends, 1);
        assertThat(queued.get()).isZero();
        onLoop(ends.handler(), () -> ends.handler().writeAndFlush(encoded(2)));
        assertThat(queued.get()).isPositive();

        assertThat(read(ends.client(), 3)).containsExactly(shown(0), shown(1), shown(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isAtHandWhileNothingWaitsAndTheSocketIsOpen(boolean withOthers) throws Exception {
        othersWrite = withOthers;
        Ends ends = connect(unconnected());
        write(ends, 0);
        boolean empty = isAtHand(ends);
        while (write(ends, 1).isComplete()) {
            assertThat(isAtHand(ends)).isTrue();
        }

        boolean waiting = isAtHand(ends);
        ends.handler().close().sync();

        assertThat(List.of(empty, waiting, isAtHand(ends))).containsExactly(true, false, false);
    }

    @Test
    void socketTakesWhatIsReadable() throws Exception {
        Ends ends = connect(unconnected());
        ByteBuf whole = encoded(1);
        ByteBuf frames = Unpooled.directBuffer().writeZero(3).writeBytes(whole).skipBytes(3);

        int taken = onLoop(
                ends.handler(),
                () -> BareSocket.write(BareSocket.of(ends.handler().channel()), frames));

        assertThat(taken).isEqualTo(frames.readableBytes());
        assertThat(read(ends.client(), 1)).containsExactly(shown(1));
        frames.release();
        whole.release();
    }

    @Test
    void goesBehindWhatWasNotFlushedYet() throws Exception {
        Ends ends = connect(unconnected());

        onLoop(ends.handler(), () -> {
            ends.handler().write(encoded(1));
            return ends.channel().write(frame(2));
        });

        assertThat(read(ends.client(), 2)).containsExactly(shown(1), shown(2));
    }

    @Test
    void saysWhenTheClientHasTakenIt() throws Exception {
        Ends ends = connect(unconnected());
        BlockingQueue<Integer> left = new LinkedBlockingQueue<>();

        List<Boolean> atOnce = onLoop(
                ends.handler(),
                () -> IntStream.range(0, 10_000)
                        .mapToObj(i -> ends.channel()
                                .write(frame(i))
                                .onSuccess(done -> left.add(i))
                                .isComplete())
                        .toList());

        assertThat(atOnce).startsWith(true, true).endsWith(false, false);
        read(ends.client(), atOnce.size());
        for (int i = 0; i < atOnce.size(); i++) {
            assertThat(left.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    @Test
    void neverReachesWhoGotTheSocketsNumberNext() throws Exception {
        Ends gone = connect(unconnected());
        Socket second = unconnected();
        write(gone, 1);
        read(gone.client(), 1);
        gone.handler().close().sync();
        Ends next = connect(second);
        if (transport == Transport.EPOLL) {
            assertThat(number(next)).isEqualTo(number(gone));
        }

        Future<Void> written = write(gone, 2);
        write(next, 3);

        assertThat(written.failed()).isTrue();
        assertThat(read(second, 1)).containsExactly(shown(3));
    }

    @Test
    void connectionThatWasResetIsClosed() throws Exception {
        Ends ends = connect(unconnected());
        write(ends, 1);
        ends.handler().channel().config().setAutoRead(false);
        ends.client().setSoLinger(true, 0);
        ends.client().close();

        await().atMost(WAIT_SECONDS, TimeUnit.SECONDS).until(() -> {
            write(ends, 2);
            return !ends.handler().channel().isOpen();
        });

        assertThat(write(ends, 3).failed()).isTrue();
    }

    private void accept(Channel channel) {
        channel.pipeline().addLast(new WebSocket13FrameDecoder(true, false, SMALL));
        if (othersWrite) {
            channel.pipeline().addLast(new WebSocket13FrameEncoder(false));
        }
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext handler) {
                accepted.add(handler);
            }

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext handler) {
                queued.incrementAndGet();
            }
        });
    }

    /** A burst, one frame, and where others write on the channel too, one of theirs. */
    private void writeSome(Ends ends, int round) {
        Turn turn = new Turn(0);
        ends.channel().write(Burst.empty(turn).plus(frame(2 * round)));
        turn.end();
        ends.channel().write(frame(2 * round + 1));
        if (othersWrite) {
            ends.handler().writeAndFlush(new PongWebSocketFrame(data(round)));
        } else {
            ends.channel().writePong(data(round));
        }
    }

    private static List<String> some(int round) {
        return List.of(shown(2 * round), shown(2 * round + 1), "pong " + round);
    }

    private static Frame.Text frame(int number) {
        return new Frame.Text(shown(number).getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuf data(int round) {
        return Unpooled.copiedBuffer(Integer.toString(round), StandardCharsets.UTF_8);
    }

    private static String shown(int number) {
        return number + PADDING;
    }

    private static ByteBuf encoded(int number) {
        return WebSocketFrames.encode(frame(number), PooledByteBufAllocator.DEFAULT);
    }

    private static Future<Void> write(Ends ends, int number) throws Exception {
        return onLoop(ends.handler(), () -> ends.channel().write(frame(number)));
    }

    private static boolean isAtHand(Ends ends) throws Exception {
        return onLoop(ends.handler(), ends.channel()::isAtHand);
    }

    private static int number(Ends ends) {
        return ((UnixChannel) ends.handler().channel()).fd().intValue();
    }

    private static <T> T onLoop(ChannelHandlerContext handler, Callable<T> task) throws Exception {
        return handler.executor().submit(task).get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private Ends connect(Socket client) throws Exception {
        client.connect(address);
        ChannelHandlerContext handler = accepted.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        return new Ends(client, handler, onLoop(handler, () -> WebSocketChannel.of(handler, new Turns().context())));
    }

    /** It has its number already. */
    private Socket unconnected() throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(SMALL);
        client.setSoTimeout(WAIT_SECONDS * 1000);
        client.bind(new InetSocketAddress("127.0.0.1", 0));
        clients.add(client);
        return client;
    }

    /** So many frames, read in large pieces with rests between them, in which the socket fills up. */
    private static List<String> read(Socket client, int frames) throws Exception {
        EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, SMALL));
        List<String> got = new ArrayList<>();
        byte[] some = new byte[4 * SMALL];
        while (got.size() < frames) {
            int length = client.getInputStream().read(some);
            assertThat(length).as("bytes, after " + got.size() + " frames").isPositive();
            decoder.writeInbound(Unpooled.copiedBuffer(some, 0, length));
            for (WebSocketFrame frame = decoder.readInbound(); frame != null; frame = decoder.readInbound()) {
                got.add((frame instanceof PongWebSocketFrame ? "pong " : "")
                        + frame.content().toString(StandardCharsets.UTF_8));
                frame.release();
            }
            if (got.size() % 50 == 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        return got;
    }
}
