package dev.tandem.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies where, and for whom, the question who opens a plain WebSocket ends, with requests of an HTTP server of the test's own. */
@QuarkusTest
class PlainUpgradeCheckTest {

    @Inject
    PlainUpgradeCheck check;

    @Inject
    Vertx vertx;

    /** What was said of a request, and whether that was on its own event loop. */
    private record Answer(boolean permitted, boolean onOwnLoop) {}

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile boolean goes;

    @BeforeEach
    void listen() {
        server = vertx.createHttpServer()
                .requestHandler(this::onRequest)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void completesOnTheConnectionsOwnEventLoop() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket client = ask()) {
                assertThat(answer()).isEqualTo(new Answer(true, true));
            }
        }
    }

    @Test
    void refusesWhoHasGoneMeanwhile() throws Exception {
        goes = true;

        try (Socket client = ask()) {
            assertThat(answer()).isEqualTo(new Answer(false, true));
        }
    }

    private Answer answer() throws InterruptedException {
        Answer answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    private Socket ask() throws IOException {
        Socket client = new Socket("localhost", server.actualPort());
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private void onRequest(HttpServerRequest request) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        check.perform(upgrade(request))
                .subscribe()
                .with(result -> answers.add(new Answer(
                        result.isUpgradePermitted(), context.nettyEventLoop().inEventLoop())));
        if (goes) {
            request.connection().close();
        }
    }

    private static HttpUpgradeContext upgrade(HttpServerRequest request) {
        UserData userData = answering(UserData.class, Map.of());
        return answering(HttpUpgradeContext.class, Map.of("httpRequest", request, "userData", userData));
    }

    /** Answers the named methods so, and all others with null. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName()));
        return type.cast(proxy);
    }
}
