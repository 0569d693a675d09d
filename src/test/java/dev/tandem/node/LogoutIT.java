package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that who logs out at one node is out at the other within a second, heard at once or later. */
class LogoutIT {
    private static final String KEY = "tk_ops_a-secret-of-the-tests";

    /** Of what stands behind the id. */
    private static final String SECRET_SHA256 = "eab69819ef1c1cd52f14e04168d8698e8c1bc3aa8f3824ef05398c1c9512646f";

    private static RedisProcess redis;
    private static TandemNode here;
    private static TandemNode there;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        here = TandemNode.start("here", redis, Map.of("TANDEM_API_KEYS", "ops:" + SECRET_SHA256 + ":moderate"));
        there = TandemNode.start("there", redis, Map.of());
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        redis.close();
    }

    @Test
    void endsTheSocketsOfTheSessionOnTheOtherNodeWithinASecond() throws Exception {
        endSockets();
        long millis = endSockets();
        assertThat(millis).isLessThan(1_000);
    }

    /** The first time costs a node that has just started more than any other: how long it took. */
    private static long endSockets() throws Exception {
        String cookie = session();
        Map<String, String> header = Map.of("Cookie", cookie);
        try (PlainPeer plain = PlainPeer.connect(there.webSocketUri("/ws"), header);
                SocketIoPeer socketIo = SocketIoPeer.connect(there.uri("/"), Map.of(), header);
                PlainPeer stranger = PlainPeer.connect(there.webSocketUri("/ws"))) {
            List.of(plain, socketIo, stranger).forEach(Peer::welcomed);
            long before = System.nanoTime();
            assertThat(logout(cookie)).isEqualTo(204);

            assertThat(plain.closed().orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(4401);
            assertThat(socketIo.disconnected().orTimeout(5, TimeUnit.SECONDS).join())
                    .isNotNull();
            long after = System.nanoTime();
            Peer.await(stranger.command("rooms", Peer.fields()));
            assertThat(stranger.closed()).isNotDone();
            return TimeUnit.NANOSECONDS.toMillis(after - before);
        }
    }

    @Test
    void endsThemLaterWhereTheNodeCouldNotHear() throws Exception {
        String cookie = session();
        try (RedisConsole console = redis.console();
                PlainPeer plain = PlainPeer.connect(there.webSocketUri("/ws"), Map.of("Cookie", cookie))) {
            plain.welcomed();
            there.signal("STOP");
            console.kill(there.connectionNames().get(1));
            assertThat(logout(cookie)).isEqualTo(204);
            there.signal("CONT");

            assertThat(plain.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
        }
    }

    @Test
    void doesNotLetADeletedUserComeBackByAConnectionThatWasLost() throws Exception {
        String room = here.createRoom("left-behind");
        RawSocket lost = RawSocket.connect(there, null);
        lost.join(room);
        here.post("/api/rooms/" + room + "/messages", "{\"text\":\"hi\"}");
        lost.awaitMessages(1);
        String offset = lost.offsetOfMessage(0);
        lost.drop();
        try (RedisConsole console = redis.console()) {
            await().until(() ->
                    console.command("EXISTS", "recovery:" + lost.pid()).equals(1L));
        }

        assertThat(delete("/api/users/" + lost.user(), "X-Api-Key", KEY)).isEqualTo(204);

        Map<String, String> back = Map.of("pid", lost.pid(), "offset", offset);
        assertThatThrownBy(() -> SocketIoPeer.connect(here.uri("/"), back, Map.of()))
                .hasStackTraceContaining("unauthenticated");
    }

    private static String session() throws Exception {
        HttpResponse<String> started = here.post("/api/session", "{}");
        assertThat(started.statusCode()).isEqualTo(201);
        String cookie = started.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int logout(String cookie) throws Exception {
        return delete("/api/session", "Cookie", cookie);
    }

    private static int delete(String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(here.uri(path))
                .header(header, value)
                .DELETE()
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
