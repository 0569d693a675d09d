package dev.tandem.engineio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies that a connection which became a WebSocket is one, and that the HTTP server keeps nothing of it. */
class HttpHandoverTest {
    private static final int WAIT_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> serversEnd = new CompletableFuture<>();
    private final CompletableFuture<ChannelPipeline> pipeline = new CompletableFuture<>();

    @AfterEach
    void stop() {
        wait(vertx.close());
    }

    @Test
    void theServersConnectionEndsAndTheWebSocketStays() throws Exception {
        HttpServer server = wait(vertx.createHttpServer()
                .requestHandler(request -> request.end().onSuccess(read -> takeOver(request)))
                .listen(0, "127.0.0.1"));
        WebSocket client = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.actualPort()), new WebSocket.Listener() {})
                .get(WAIT_SECONDS, TimeUnit.SECONDS);

        serversEnd.get(WAIT_SECONDS, TimeUnit.SECONDS);
        client.sendText("hi", true).get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(heard.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("hi");
        assertThat(pipeline.get(WAIT_SECONDS, TimeUnit.SECONDS).toMap().values())
                .hasSize(2)
                .last()
                .isInstanceOf(WebSocketConnection.class);

        client.abort();
        assertThat(heard.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    private void takeOver(HttpServerRequest request) {
        request.connection().closeHandler(serversEnd::complete);
        ChannelPipeline all =
                ((ConnectionBase) request.connection()).channelHandlerContext().pipeline();
        WebSocketConnection taken = HttpHandover.take(
                request.connection(),
                vertx.getOrCreateContext(),
                HttpHandover.frames(100),
                () -> OpeningHandshake.accept(request));
        taken.hear(new WebSocketConnection.Listener() {
            @Override
            public void onText(String text) {
                heard.add(text);
            }

            @Override
            public void onBinary(byte[] data) {
                heard.add("binary");
            }

            @Override
            public void onFault(Transport.Fault fault) {
                heard.add(fault.toString());
            }

            @Override
            public void onClosed() {
                heard.add("closed");
            }
        });
        taken.opened();
        pipeline.complete(all);
    }

    private static <T> T wait(Future<T> done) {
        return done.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
