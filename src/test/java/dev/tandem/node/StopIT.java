package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies the order in which a node stops: readiness is false, clients are sent away with 1012, what was said is in Redis, QUIT
 * goes out on the command connection, then on the pub/sub connection, then HTTP closes.
 */
class StopIT {
    /** The status of a close frame (RFC 6455, 7.4.1), as it is in there. */
    private static final String SERVICE_RESTART = "\u0003\u00f4";

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private TandemNode node;
    private PlainPeer plain;
    private SocketIoPeer socketIo;
    private SocketIoPeer polling;
    /** Engine.IO as it is, to see the close code, which the official client does not show. */
    private PlainPeer engineIo;

    @Test
    void stopsInOrder() {
        try (RedisProcess redis = RedisProcess.start();
                RedisConsole console = redis.console();
                RedisProxy proxy = RedisProxy.start(redis, this::lookAround)) {
            node = TandemNode.start(
                    "stop", Map.of("TANDEM_REDIS_URL", proxy.url(), "TANDEM_REDIS_CLOSE_TIMEOUT", "30s"));
            String room = node.createRoom("stop");
            plain = PlainPeer.connect(node.webSocketUri("/ws"));
            socketIo = SocketIoPeer.connect(node.uri("/"));
            polling = SocketIoPeer.connect(node.uri("/"), "polling");
            engineIo = PlainPeer.connect(node.webSocketUri("/socket.io/?EIO=4&transport=websocket"));
            plain.join(room);
            socketIo.join(room);
            Peer.await(plain.send(room, "last words"));

            int exitCode = node.stop();

            assertThat(exitCode).isEqualTo(143);
            assertThat(plain.closed().join()).isEqualTo(1012);
            assertThat(List.copyOf(proxy.events()))
                    .containsExactly("quit commands", "closed commands", "quit pubsub", "closed pubsub");
            assertThat(List.copyOf(seen))
                    .containsExactly(
                            "at quit of commands: ready=503 plain=1012 engineio=1012 socketio=disconnected polling=disconnected",
                            "at quit of pubsub: ready=503 plain=1012 engineio=1012 socketio=disconnected polling=disconnected");
            assertThat(console.tandemConnections()).isEmpty();
            assertThat(console.command("HLEN", "room:{stop}:presence")).isEqualTo(0L);
            assertThat(console.command("ZCARD", "room:{stop}:messages")).isEqualTo(1L);
            assertThat(isRefused()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/socket.io/?EIO=4&transport=websocket"})
    void clientThatIsToldAndDoesNotCloseIsCutOffBeforeTheRestStops(String path) throws IOException {
        try (RedisProcess redis = RedisProcess.start();
                TandemNode stopping = TandemNode.start("silent", redis, Map.of());
                UpgradedSocket silent = UpgradedSocket.open(stopping.uri(path), "")) {
            await().until(() -> stopping.metric("tandem_sockets{") == 1);

            int exitCode = stopping.stop();

            assertThat(exitCode).isEqualTo(143);
            String log = stopping.log();
            assertThat(log.substring(log.indexOf("step=sockets")))
                    .contains("step=done")
                    .doesNotContain("ERROR", "WARN");
            assertThat(silent.rest()).contains(SERVICE_RESTART);
        }
    }

    @Test
    void clientsComeBackToAnotherNodeByThemselves() {
        try (RedisProcess redis = RedisProcess.start();
                TandemNode first = TandemNode.start("first", redis, Map.of())) {
            String port = Integer.toString(first.uri("/").getPort());
            try (SocketIoPeer peer = SocketIoPeer.connectForGood(first.uri("/"))) {
                await().until(() -> peer.events("welcome").size() == 1);

                first.stop();
                try (TandemNode second = TandemNode.start("second", redis, Map.of("QUARKUS_HTTP_PORT", port))) {
                    await().atMost(Duration.ofSeconds(20))
                            .until(() -> peer.events("welcome").size() == 2);

                    assertThat(peer.events("welcome").get(1).path("node").asText())
                            .isEqualTo(second.name());
                }
            }
        }
    }

    /** While the proxy holds QUIT, HTTP must still answer, and say that the node is not ready; what was sent has time to arrive. */
    private void lookAround(String role) {
        CompletableFuture.allOf(plain.closed(), engineIo.closed(), socketIo.disconnected(), polling.disconnected())
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .join();
        seen.add("at quit of %s: ready=%d plain=%d engineio=%d socketio=%s polling=%s"
                .formatted(
                        role,
                        node.get("/q/health/ready").statusCode(),
                        plain.closed().getNow(-1),
                        engineIo.closed().getNow(-1),
                        shown(socketIo),
                        shown(polling)));
    }

    private static String shown(SocketIoPeer peer) {
        return peer.disconnected().isDone() ? "disconnected" : "connected";
    }

    private boolean isRefused() {
        try {
            node.get("/q/health/live");
            return false;
        } catch (UncheckedIOException failure) {
            return failure.getCause() instanceof ConnectException;
        }
    }
}
