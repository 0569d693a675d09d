package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that clients need no node of their own: behind a proxy that sends each request to another node, all works as with one. */
class RelayIT {
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static RedisProcess redis;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Peer> peers = new ArrayList<>();
    private TandemNode one;
    private TandemNode two;
    private RoundRobinProxy proxy;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void startNodes() {
        one = TandemNode.launch("one", Map.of("TANDEM_REDIS_URL", redis.url()));
        two = TandemNode.start("two", redis, Map.of());
        await().atMost(Duration.ofSeconds(40)).until(one::isReady);
        proxy = RoundRobinProxy.before(one, two);
    }

    @AfterEach
    void stopNodes() {
        peers.forEach(Peer::close);
        proxy.close();
        one.close();
        two.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "polling,websocket"})
    void twentyClientsHearEverythingInOrder(String transports) {
        String room = one.createRoom("twenty-" + transports.length());
        for (int i = 0; i < 20; i++) {
            peers.add(SocketIoPeer.connect(proxy.uri(), transports.split(",")));
            assertThat(peers.get(i).join(room).path("ok").asBoolean()).isTrue();
        }

        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add(peers.get(i % 20).send(room, "message " + i));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

        List<Long> all = LongStream.rangeClosed(1, 200).boxed().toList();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(peers)
                        .allSatisfy(peer -> assertThat(peer.seqs(room)).isEqualTo(all)));
        assertThat(one.metric("tandem_relay_requests_total{kind=\"poll\"")
                        + two.metric("tandem_relay_requests_total{kind=\"poll\""))
                .isPositive();
        if (transports.contains("websocket")) {
            await().until(() -> {
                Peer.await(peers.get(0).send(room, "one more, by what each has changed to"));
                return peers.stream()
                        .allMatch(peer -> ((SocketIoPeer) peer).lastTransport().equals("websocket"));
            });
            assertThat(one.metric("tandem_relay_sockets") + two.metric("tandem_relay_sockets"))
                    .isPositive();
        }
        try (RedisConsole console = redis.console()) {
            assertThat(console.tandemConnections())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(one, two)
                            .flatMap(node -> node.connectionNames().stream())
                            .toList());
        }
    }

    @Test
    void binaryCommandIsAnsweredThroughAnUpgradeAtAnotherNode() {
        String sid = open(one);
        Frames socket = upgrade(two, sid);

        socket.connection
                .sendText("451-0[\"send\",{\"_placeholder\":true,\"num\":0}]", true)
                .join();
        socket.connection
                .sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true)
                .join();

        await().until(() -> socket.got.stream().anyMatch(frame -> frame.startsWith("430[{\"ok\":false")));
    }

    @Test
    void getThatWaitsIsToldThatItsOwnerWasKilled() {
        String sid = open(one);
        CompletableFuture<HttpResponse<String>> get = get(two, sid);
        awaitRelayed(two);

        one.kill();

        await().atMost(SOON).until(get::isDone);
        assertThat(get.join().statusCode()).isEqualTo(400);
        assertThat(get.join().body()).isEqualTo(UNKNOWN);
        assertThat(get(two, sid).orTimeout(20, TimeUnit.SECONDS).join().body()).isEqualTo(UNKNOWN);
    }

    @Test
    void clientsOfAKilledNodeComeBackThroughTheOther() {
        for (int i = 0; i < 6; i++) {
            peers.add(SocketIoPeer.connectForGood(proxy.uri(), (i < 3 ? "polling" : "polling,websocket").split(",")));
        }
        await().until(() ->
                peers.stream().allMatch(peer -> !peer.events("welcome").isEmpty()));

        one.kill();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(peers).allSatisfy(peer -> {
                    assertThat(((SocketIoPeer) peer).socket().connected()).isTrue();
                    assertThat(last(peer)).isEqualTo("two");
                }));
    }

    @Test
    void socketEndsWithItsOwner() {
        Frames socket = upgrade(two, open(one));

        one.kill();

        await().atMost(SOON).until(() -> socket.got.contains("closed 1012"));
    }

    @Test
    void sessionEndsWithTheNodeAtWhichItsSocketCameIn() {
        String sid = open(one);
        upgrade(two, sid);

        two.kill();

        await().atMost(SOON).until(() -> get(one, sid).join().body().equals(UNKNOWN));
    }

    @Test
    void sessionEndsWithTheNodeAtWhichItsGetWaits() {
        String sid = open(one);
        get(two, sid);
        awaitRelayed(two);

        two.kill();

        await().atMost(SOON).until(() -> one.metric("tandem_sockets{door=\"socketio\"") == 0);
    }

    @Test
    void clientThatGoesAwayEndsItsSession() {
        String sid = open(one);
        CompletableFuture<HttpResponse<String>> get = get(two, sid);
        awaitRelayed(two);

        get.cancel(true);

        await().atMost(SOON).until(() -> one.metric("tandem_sockets{door=\"socketio\"") == 0);
    }

    @Test
    void sessionsOutliveTheStopOfANodeAtWhichTheirGetsWait() {
        String sid = open(one);
        CompletableFuture<HttpResponse<String>> get = get(two, sid);
        awaitRelayed(two);
        Frames socket = upgrade(two, open(one));

        two.stop();

        assertThat(get.join().body()).isEqualTo("6");
        await().until(() -> socket.got.contains("closed 1012"));
        assertThat(post(one, sid, "40").join().body()).isEqualTo("ok");
        assertThat(get(one, sid).join().body()).startsWith("40{");
    }

    @Test
    void clientsHearOfTheStopOfTheirOwner() {
        String sid = open(one);
        CompletableFuture<HttpResponse<String>> get = get(two, sid);
        awaitRelayed(two);
        Frames socket = upgrade(two, open(one));

        one.stop();

        assertThat(get.join().body()).isEqualTo("1");
        await().until(() -> socket.got.contains("closed 1012"));
        await().until(() -> two.metric("tandem_relay_sockets") == 0);
    }

    private String open(TandemNode node) {
        String body = node.get("/socket.io/?EIO=4&transport=polling").body();
        return body.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    private CompletableFuture<HttpResponse<String>> get(TandemNode node, String sid) {
        return http.sendAsync(HttpRequest.newBuilder(polling(node, sid)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> post(TandemNode node, String sid, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(polling(node, sid))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI polling(TandemNode node, String sid) {
        return node.uri("/socket.io/?EIO=4&transport=polling&sid=" + sid);
    }

    /** A socket of a session that is in the rooms' namespace, when the change is over. */
    private Frames upgrade(TandemNode node, String sid) {
        Frames frames = new Frames();
        frames.connection = http.newWebSocketBuilder()
                .buildAsync(node.webSocketUri("/socket.io/?EIO=4&transport=websocket&sid=" + sid), frames)
                .join();
        frames.connection.sendText("2probe", true).join();
        await().until(() -> frames.got.contains("3probe"));
        frames.connection.sendText("5", true).join();
        frames.connection.sendText("40", true).join();
        await().until(() -> frames.got.stream().anyMatch(frame -> frame.startsWith("40{")));
        return frames;
    }

    private static void awaitRelayed(TandemNode node) {
        await().until(() -> node.metric("tandem_relay_pending") > 0);
    }

    private static String last(Peer peer) {
        List<JsonNode> welcomes = peer.events("welcome");
        return welcomes.get(welcomes.size() - 1).path("node").asText();
    }

    /** One WebSocket and what came in on it. */
    private static final class Frames implements WebSocket.Listener {
        final List<String> got = new CopyOnWriteArrayList<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket connection;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                got.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            got.add("binary " + HexFormat.of().formatHex(bytes));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            got.add("closed " + code);
            return null;
        }
    }
}
