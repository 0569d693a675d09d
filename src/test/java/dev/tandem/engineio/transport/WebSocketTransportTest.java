package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies packets as frames of a WebSocket, which may be read on another event loop than the session's. */
class WebSocketTransportTest extends TransportContract {
    private final Turns socketLoop = new Turns();
    private final List<String> afterClose = new ArrayList<>();
    private final WebSocketClient client = new WebSocketClient(socketLoop.context(), MAX_PAYLOAD);
    private final WebSocketTransport transport = transport(socketLoop.context());

    @BeforeEach
    void start() {
        transport.start();
        client.connection.opened();
    }

    @Override
    Transport transport() {
        return transport;
    }

    @Override
    void clientSends(String packet) {
        client.send(new TextWebSocketFrame(packet));
        loop.takeAll();
    }

    @Override
    void clientSends(byte[] message) {
        client.send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
        loop.takeAll();
    }

    @Override
    void clientGoes() {
        client.close();
        loop.takeAll();
    }

    @Override
    List<String> clientGot() {
        List<String> got = client.got().stream()
                .map(each -> each.startsWith("closed") ? "closed" : each)
                .toList();
        if (got.contains("closed")) {
            client.send(new CloseWebSocketFrame());
        }
        loop.takeAll();
        return got;
    }

    @Test
    void hearsOnTheSessionsLoopOnly() {
        client.send(new TextWebSocketFrame("4one"));
        assertThat(heard.all).isEmpty();

        loop.takeAll();

        assertThat(heard.all).containsExactly("4one");
    }

    @Test
    void isNotReadWhileTooManyFramesAreOnTheirWay() {
        for (int i = 0; i < Handoff.MOST; i++) {
            client.send(new TextWebSocketFrame("4"));
        }

        assertThat(client.server.config().isAutoRead()).isFalse();
    }

    @Test
    void isReadOnWhenTheyHaveArrived() {
        for (int i = 0; i < Handoff.MOST + 3; i++) {
            client.send(new TextWebSocketFrame("4" + i));
        }
        assertThat(heard.all).isEmpty();

        loop.takeAll();
        socketLoop.takeAll();
        loop.takeAll();

        assertThat(heard.all).hasSize(Handoff.MOST + 3).endsWith("416", "417", "418");
        assertThat(client.server.config().isAutoRead()).isTrue();
    }

    @Test
    void isNotReadWhileTheClientHasToWait() {
        transport.pause();
        socketLoop.takeAll();
        client.send(new TextWebSocketFrame("4one"));
        loop.takeAll();
        assertThat(client.server.config().isAutoRead()).isFalse();
        assertThat(heard.all).isEmpty();

        transport.resume();
        socketLoop.takeAll();
        loop.takeAll();

        assertThat(heard.all).containsExactly("4one");
        assertThat(client.server.config().isAutoRead()).isTrue();
    }

    @Test
    void clientWaitsHoweverFewFramesAreOnTheirWay() {
        client.send(new TextWebSocketFrame("4one"));
        transport.pause();
        socketLoop.takeAll();

        loop.takeAll();
        socketLoop.takeAll();

        assertThat(heard.all).containsExactly("4one");
        assertThat(client.server.config().isAutoRead()).isFalse();
    }

    @Test
    void framesOnTheirWayLetItWaitWhenTheClientMayGoOn() {
        for (int i = 0; i < Handoff.MOST; i++) {
            client.send(new TextWebSocketFrame("4"));
        }
        transport.pause();
        transport.resume();
        socketLoop.takeAll();
        assertThat(client.server.config().isAutoRead()).isFalse();

        loop.takeAll();
        socketLoop.takeAll();

        assertThat(client.server.config().isAutoRead()).isTrue();
    }

    @Test
    void isNotReadWhileTheClientHasToWaitWhereTheLoopIsTheSame() {
        WebSocketTransport same = transport(loop.context());
        same.hear(heard);
        same.start();

        same.pause();
        client.send(new TextWebSocketFrame("4one"));
        assertThat(heard.all).isEmpty();
        same.resume();

        assertThat(heard.all).containsExactly("4one");
    }

    @Test
    void hearsAtOnceWhereTheLoopIsTheSame() {
        WebSocketTransport same = transport(loop.context());
        same.hear(heard);
        same.start();

        client.send(new TextWebSocketFrame("4one"));

        assertThat(heard.all).containsExactly("4one");
    }

    @Test
    void complainsAboutABrokenConnection() {
        client.server.pipeline().fireExceptionCaught(new IllegalStateException("reset"));
        loop.takeAll();

        assertThat(heard.all).containsExactly("BROKEN", "closed");
    }

    @Test
    void tellsTheClientWhyItCloses() {
        transport.close(1012, "server shutting down");

        assertThat(client.got()).containsExactly("closed 1012 server shutting down");
    }

    @Test
    void canCutTheConnectionOfAClientThatDoesNotClose() {
        transport.close(1000, "bye");

        assertThat(afterClose).containsExactly("cut");
    }

    private WebSocketTransport transport(Context socket) {
        return new WebSocketTransport(client.connection, socket, loop.context(), channel -> afterClose.add("cut"));
    }
}
