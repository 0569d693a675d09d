package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import dev.tandem.outbound.Burst;
import dev.tandem.outbound.Wire;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies packets as frames of a WebSocket, which may be read on another event loop than the session's. */
class WebSocketTransportTest extends TransportContract {
    private final FakeSocket socket = new FakeSocket();
    private final Turns socketLoop = new Turns();
    private final List<String> afterClose = new ArrayList<>();
    private final WebSocketTransport transport = new WebSocketTransport(
            socket.proxy,
            new NoChannel(),
            socketLoop.context(),
            loop.context(),
            MAX_PAYLOAD,
            channel -> afterClose.add("cut"));

    @BeforeEach
    void start() {
        transport.start();
    }

    @Override
    Transport transport() {
        return transport;
    }

    @Override
    void clientSends(String packet) {
        socket.onText.handle(packet);
        loop.takeAll();
    }

    @Override
    void clientSends(byte[] message) {
        socket.onBinary.handle(Buffer.buffer(message));
        loop.takeAll();
    }

    @Override
    void clientGoes() {
        socket.closed = true;
        socket.onClose.handle(null);
        loop.takeAll();
    }

    @Override
    List<String> clientGot() {
        if (socket.closed) {
            socket.onClose.handle(null);
        }
        loop.takeAll();
        return socket.written;
    }

    @Test
    void hearsOnTheSessionsLoopOnly() {
        socket.onText.handle("4one");
        assertThat(heard.all).isEmpty();

        loop.takeAll();

        assertThat(heard.all).containsExactly("4one");
    }

    @Test
    void isNotReadWhileTooManyFramesAreOnTheirWay() {
        for (int i = 0; i < Handoff.MOST; i++) {
            socket.onText.handle("4");
        }

        assertThat(socket.paused).isTrue();
    }

    @Test
    void isReadOnWhenTheyHaveArrived() {
        for (int i = 0; i < Handoff.MOST + 3; i++) {
            socket.onText.handle("4");
        }

        loop.takeAll();
        socketLoop.takeAll();

        assertThat(heard.all).hasSize(Handoff.MOST + 3);
        assertThat(socket.paused).isFalse();
    }

    @Test
    void hearsAtOnceWhereTheLoopIsTheSame() {
        WebSocketTransport same = new WebSocketTransport(
                socket.proxy, new NoChannel(), loop.context(), loop.context(), MAX_PAYLOAD, channel -> {});
        same.hear(heard);
        same.start();

        socket.onText.handle("4one");

        assertThat(heard.all).containsExactly("4one");
    }

    @Test
    void complainsAboutABrokenConnection() {
        socket.onException.handle(new IllegalStateException("reset"));
        loop.takeAll();

        assertThat(heard.all).containsExactly("BROKEN");
    }

    @Test
    void complainsAboutAMessageThatTheServerFoundTooLong() {
        socket.onException.handle(new IllegalStateException("Cannot process: buffer would overflow max message size"));
        loop.takeAll();

        assertThat(heard.all).containsExactly("TOO_LARGE");
    }

    @Test
    void canCutTheConnectionOfAClientThatDoesNotClose() {
        transport.close(1000, "bye");

        assertThat(afterClose).containsExactly("cut");
    }

    /** What is written at once is not looked at here. */
    private static final class NoChannel implements Wire {
        @Override
        public Future<Void> write(Burst burst) {
            return Future.failedFuture("no channel");
        }

        @Override
        public void close(int code, String reason) {}
    }

    /** As much of a socket as the transport uses. */
    private static final class FakeSocket {
        final List<String> written = new ArrayList<>();
        Handler<String> onText;
        Handler<Buffer> onBinary;
        Handler<Throwable> onException;
        Handler<Void> onClose;
        boolean closed;
        boolean paused;

        final ServerWebSocket proxy = (ServerWebSocket) Proxy.newProxyInstance(
                FakeSocket.class.getClassLoader(),
                new Class<?>[] {ServerWebSocket.class},
                (self, called, arguments) -> call(called.getName(), arguments));

        @SuppressWarnings("unchecked")
        private Object call(String name, Object[] arguments) {
            switch (name) {
                case "textMessageHandler" -> onText = (Handler<String>) arguments[0];
                case "binaryMessageHandler" -> onBinary = (Handler<Buffer>) arguments[0];
                case "exceptionHandler" -> onException = (Handler<Throwable>) arguments[0];
                case "closeHandler" -> onClose = (Handler<Void>) arguments[0];
                case "pause" -> paused = true;
                case "resume" -> paused = false;
                case "isClosed" -> {
                    return closed;
                }
                case "writeTextMessage" -> {
                    return written((String) arguments[0]);
                }
                case "writeBinaryMessage" -> {
                    return written("binary " + HexFormat.of().formatHex(((Buffer) arguments[0]).getBytes()));
                }
                case "close" -> {
                    closed = true;
                    return written("closed");
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        }

        private Future<Void> written(String shown) {
            written.add(shown);
            return Future.succeededFuture();
        }
    }
}
