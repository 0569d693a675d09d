package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Verifies that who logs out at one node is out at the other within a second, heard at once or later. */
class LogoutIT {
    private static RedisProcess redis;
    private static TandemNode here;
    private static TandemNode there;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        here = TandemNode.start("here", redis, Map.of());
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
        String cookie = session();
        Map<String, String> header = Map.of("Cookie", cookie);
        try (PlainPeer plain = PlainPeer.connect(there.webSocketUri("/ws"), header);
                SocketIoPeer socketIo = SocketIoPeer.connect(there.uri("/"), Map.of(), header);
                PlainPeer stranger = PlainPeer.connect(there.webSocketUri("/ws"))) {
            long before = System.nanoTime();
            assertThat(logout(cookie)).isEqualTo(204);

            assertThat(plain.closed().orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(4401);
            assertThat(socketIo.disconnected().orTimeout(5, TimeUnit.SECONDS).join())
                    .isNotNull();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                    .isLessThan(1_000);
            assertThat(stranger.closed()).isNotDone();
        }
    }

    @Test
    void endsThemLaterWhereTheNodeCouldNotHear() throws Exception {
        String cookie = session();
        try (RedisConsole console = redis.console();
                PlainPeer plain = PlainPeer.connect(there.webSocketUri("/ws"), Map.of("Cookie", cookie))) {
            await().until(() -> !plain.events("welcome").isEmpty());
            there.signal("STOP");
            console.kill(there.connectionNames().get(1));
            assertThat(logout(cookie)).isEqualTo(204);
            there.signal("CONT");

            assertThat(plain.closed().orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(4401);
        }
    }

    private static String session() throws Exception {
        HttpResponse<String> started = here.post("/api/session", "{}");
        assertThat(started.statusCode()).isEqualTo(201);
        String cookie = started.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int logout(String cookie) throws Exception {
        URI session = here.uri("/api/session");
        HttpRequest request = HttpRequest.newBuilder(session)
                .header("Cookie", cookie)
                .DELETE()
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
