package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verifies that a node holds exactly two connections for as long as it lives, whatever it does, that each heals by itself, and that
 * none is left after a stop.
 */
class TwoConnectionsIT {
    private RedisProcess redis;
    private RedisConsole console;
    private TandemNode node;
    private String room;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        console = redis.console();
        node = TandemNode.start("pair", redis, Map.of());
        room = node.createRoom("pair");
    }

    @AfterEach
    void stop() {
        node.close();
        console.close();
        redis.close();
    }

    @Test
    void holdsTwoWhateverItDoes() {
        for (int i = 0; i < 20; i++) {
            try (Peer one = PlainPeer.connect(node.webSocketUri("/ws"));
                    Peer other = SocketIoPeer.connect(node.uri("/"))) {
                one.join(room);
                other.join(node.createRoom("room-" + i));
                Peer.await(one.send(room, "hello"));
                node.get("/q/health");
                node.get("/q/metrics");
                node.get("/api/rooms");

                assertThat(console.tandemConnections()).isEqualTo(node.connectionNames());
                assertThat(console.otherConnections()).isEqualTo(2);
            }
        }

        node.stop();

        assertThat(console.otherConnections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"commands", "pubsub"})
    void connectionThatIsKilledHealsAndNothingIsMissed(String role) {
        try (Peer peer = PlainPeer.connect(node.webSocketUri("/ws"))) {
            peer.join(room);
            Peer.await(peer.send(room, "before"));

            assertThat(console.kill("tandem:pair:" + role)).isTrue();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> console.tandemConnections().equals(node.connectionNames()) && node.isReady());
            Peer.await(peer.send(room, "after"));
            await().until(() -> peer.seqs(room).size() == 2);
            assertThat(peer.seqs(room)).isEqualTo(List.of(1L, 2L));
            assertThat(console.otherConnections()).isEqualTo(2);
            assertThat(node.get("/q/metrics").body())
                    .contains("tandem_redis_reconnects_total{cause=\"closed\",role=\"" + role + "\"} 1.0");
        }
    }

    @Test
    void messagesPublishedWhileNobodyListenedAreReadFromTheHistory() {
        try (Peer peer = PlainPeer.connect(node.webSocketUri("/ws"))) {
            peer.join(room);
            for (int i = 0; i < 200; i++) {
                if (i % 40 == 20) {
                    console.kill("tandem:pair:pubsub");
                }
                assertThat(Peer.await(peer.send(room, "m" + i)).path("ok").asBoolean())
                        .isTrue();
            }

            await().until(() -> peer.seqs(room).size() == 200);
            assertThat(peer.seqs(room)).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void redisThatIsGoneIsSaidSoAndComesBack() throws IOException {
        try (Peer peer = PlainPeer.connect(node.webSocketUri("/ws"))) {
            peer.join(room);
            Peer.await(peer.send(room, "before"));

            redis.kill();
            await().atMost(Duration.ofSeconds(5)).until(() -> !node.isReady());
            String code = Peer.await(peer.send(room, "meanwhile"))
                    .path("error")
                    .path("code")
                    .asText();

            assertThat(code).isEqualTo("redis_unavailable");
            assertThat(node.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(node.get("/api/rooms/" + room).statusCode()).isEqualTo(503);
            assertThat(node.get("/api/rooms/" + room).headers().firstValue("Retry-After"))
                    .isPresent();

            redis.launch();
            await().atMost(Duration.ofSeconds(10)).until(node::isReady);
            assertThat(Peer.await(peer.send(room, "after")).path("seq").asLong())
                    .isEqualTo(2);
            await().until(() -> peer.seqs(room).equals(List.of(1L, 2L)));
        }
    }
}
