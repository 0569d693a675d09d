package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.engineio.EngineIoPeer.Socket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies the change from long-polling to a WebSocket: nothing is lost, repeated or swapped, and what fails leaves polling alive. */
@QuarkusTest
@TestProfile(EchoProfile.class)
class UpgradeTest {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    EchoListener sessions;

    private EngineIoPeer peer;
    private String sid;

    @BeforeEach
    void openSession() {
        peer = new EngineIoPeer(uri);
        sid = peer.open();
    }

    @Test
    void talksOverTheWebSocketAfterTheUpgrade() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        socket.send("5", "4hello");
        socket.send(new byte[] {1, 2, 3});

        assertThat(socket.next()).isEqualTo("4hello");
        assertThat(socket.next()).isEqualTo("binary 010203");
    }

    @Test
    void needsNotWaitForTheAnswerToTheProbe() {
        Socket eager = peer.upgrade(sid);

        eager.send("2probe", "5", "4hello");

        assertThat(List.of(eager.next(), eager.next())).containsExactly("3probe", "4hello");
    }

    @Test
    void probeEndsTheGetThatWaits() {
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);
        await().until(() -> sessions.session(sid).isWritable());

        peer.upgrade(sid).send("2probe");

        assertThat(get.join().body()).isEqualTo("6");
    }

    @Test
    void noGetWaitsWhileTheUpgradeIsTried() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        assertThat(peer.poll(sid).join().body()).isEqualTo("6");
    }

    @Test
    void pollingGoesOnWhileTheUpgradeIsTried() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        peer.post(sid, "4by polling");

        assertThat(peer.poll(sid).join().body()).isEqualTo("4by polling");
        assertThat(sessions.closed(sid)).isNull();
    }

    @Test
    void whatWaitedForAGetComesOverTheWebSocketFirst() {
        EngineIoSession session = sessions.session(sid);
        session.send(EngineIoSession.message("1"));
        session.send(EngineIoSession.message(new byte[] {2}));
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        session.send(EngineIoSession.message("3"));

        socket.send("5", "44");

        assertThat(List.of(socket.next(), socket.next(), socket.next(), socket.next()))
                .containsExactly("41", "binary 02", "43", "44");
    }

    @Test
    void nothingIsLostRepeatedOrSwappedHoweverTheUpgradeFalls() {
        for (int round = 0; round < 20; round++) {
            sid = peer.open();
            EngineIoSession session = sessions.session(sid);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 500).forEach(i -> session.send(EngineIoSession.message("" + i))));
            List<String> got = new ArrayList<>();
            CompletableFuture<HttpResponse<String>> get = peer.poll(sid);
            Socket socket = peer.upgrade(sid);
            socket.send("2probe");
            assertThat(socket.next()).isEqualTo("3probe");

            got.addAll(packets(get.join()));
            socket.send("5");
            sending.join();
            session.send(EngineIoSession.message("end"));
            for (String frame = socket.next(); !frame.equals("4end"); frame = socket.next()) {
                got.add(frame);
            }

            assertThat(got)
                    .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "4" + i).toList());
        }
    }

    @Test
    void pollingIsRefusedAfterTheUpgrade() {
        Socket socket = upgraded();
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");

        HttpResponse<String> get = peer.poll(sid).join();
        HttpResponse<String> post = peer.post(sid, "4late");

        assertThat(get.statusCode()).isEqualTo(400);
        assertThat(EngineIoPeer.json(get.body()).path("code").asInt()).isEqualTo(3);
        assertThat(post.statusCode()).isEqualTo(400);
        socket.send("4still here");
        assertThat(socket.next()).isEqualTo("4still here");
    }

    @Test
    void getThatStillWaitsEndsWithTheUpgrade() {
        Socket socket = upgraded();
        CompletableFuture<HttpResponse<String>> get = peer.poll(sid);

        socket.send("4hello");

        assertThat(get.join().statusCode() == 400 || get.join().body().equals("6"))
                .isTrue();
        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void secondWebSocketIsClosedAfterTheUpgrade() {
        Socket socket = upgraded();

        Socket second = peer.upgrade(sid);

        assertThat(second.next()).startsWith(EngineIoPeer.CLOSED);
        socket.send("4still here");
        assertThat(socket.next()).isEqualTo("4still here");
    }

    @Test
    void secondWebSocketIsClosedWhileTheFirstIsTried() {
        Socket first = peer.upgrade(sid);
        first.send("2probe");
        assertThat(first.next()).isEqualTo("3probe");

        Socket second = peer.upgrade(sid);

        assertThat(second.next()).startsWith(EngineIoPeer.CLOSED);
        first.send("5", "4hello");
        assertThat(first.next()).isEqualTo("4hello");
    }

    @Test
    void webSocketIsClosedOnASessionThatBeganWithOne() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        String own = EngineIoPeer.json(socket.next().substring(1)).path("sid").asText();

        Socket second = peer.upgrade(own);

        assertThat(second.next()).startsWith(EngineIoPeer.CLOSED);
        socket.send("4still here");
        assertThat(socket.next()).isEqualTo("4still here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "2", "3probe", "2other", "4hello", "6", "1", "abc", ""})
    void whatIsNoProbeEndsTheAttemptAndPollingLivesOn(String frame) {
        Socket socket = peer.upgrade(sid);

        socket.send(frame);

        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        assertPollingLives();
    }

    @Test
    void binaryFrameEndsTheAttemptAndPollingLivesOn() {
        Socket socket = peer.upgrade(sid);

        socket.send(new byte[] {1});

        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        assertPollingLives();
    }

    @Test
    void attemptThatTakesTooLongEndsAndPollingLivesOn() {
        Socket silent = peer.upgrade(sid);

        assertThat(silent.next()).startsWith(EngineIoPeer.CLOSED);
        assertPollingLives();
    }

    @Test
    void probeThatIsNotFinishedEndsAndPollingLivesOn() {
        Socket unfinished = peer.upgrade(sid);
        unfinished.send("2probe");
        assertThat(unfinished.next()).isEqualTo("3probe");

        assertThat(unfinished.next()).startsWith(EngineIoPeer.CLOSED);
        assertPollingLives();
        assertThat(peer.upgrade(sid)).isNotNull();
    }

    @Test
    void webSocketThatClosesBeforeItTakesOverLeavesPollingAlive() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        socket.close();

        assertPollingLives();
        await().until(() -> {
            Socket another = peer.upgrade(sid);
            another.send("2probe");
            return another.next().equals("3probe");
        });
    }

    @Test
    void webSocketThatIsCutBeforeItTakesOverLeavesPollingAlive() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        socket.abort();

        assertPollingLives();
    }

    @Test
    void clientThatHasGoneBeforeTheAnswerLeavesNothing() {
        double before = relayedSockets();

        IntStream.range(0, 50).forEach(i -> peer.askAndGo("EIO=4&transport=websocket&sid=" + sid));

        await().until(() -> relayedSockets() <= before);
        assertPollingLives();
    }

    @Test
    void sessionThatEndsMeanwhileEndsTheAttempt() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");

        sessions.session(sid).close(CloseReason.FORCED_CLOSE);

        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        assertThat(peer.upgrade(sid).next()).startsWith(EngineIoPeer.CLOSED);
        assertThat(peer.poll(sid).join().body()).isEqualTo("1");
    }

    @Test
    void sessionEndsWithItsWebSocketAfterTheUpgrade() {
        Socket socket = upgraded();

        socket.close();

        await().until(() -> sessions.closed(sid) == CloseReason.TRANSPORT_CLOSE);
        assertThat(EngineIoPeer.json(peer.poll(sid).join().body()).path("code").asInt())
                .isEqualTo(1);
    }

    @Test
    void clientThatHasToWaitIsHeardWhenItMayGoOn() {
        List<String> all = IntStream.range(0, 3000)
                .mapToObj(i -> "4" + i + "x".repeat(100))
                .toList();
        Socket socket = upgraded();
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");

        sessions.pause(sid);
        socket.send(all.toArray(String[]::new));
        await().during(A_WHILE).until(socket::isQuiet);
        sessions.resume(sid);

        all.forEach(packet -> assertThat(socket.next()).isEqualTo(packet));
    }

    @Test
    void clientThatHasToWaitWaitsAfterTheUpgradeToo() {
        sessions.pause(sid);
        Socket socket = upgraded();
        socket.send("4hello");
        await().during(A_WHILE).until(socket::isQuiet);

        sessions.resume(sid);

        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void whatAClientThatHasToWaitSaidIsHeardBeforeItGoes() {
        Socket socket = upgraded();
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
        sessions.pause(sid);
        socket.send("4bye", "1");

        sessions.resume(sid);

        assertThat(socket.next()).isEqualTo("4bye");
        await().until(() -> sessions.closed(sid) == CloseReason.CLIENT_CLOSE);
    }

    @Test
    void sessionThatEndsWhileItsClientHasToWaitIsClosedInOrder() {
        Socket socket = upgraded();
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
        sessions.pause(sid);

        sessions.session(sid).close(CloseReason.FORCED_CLOSE);

        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        sessions.resume(sid);
        assertThat(sessions.closed(sid)).isEqualTo(CloseReason.FORCED_CLOSE);
    }

    private Socket upgraded() {
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        return socket;
    }

    /** Those that came in here for sessions of other nodes. */
    private static double relayedSockets() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("tandem_relay_sockets "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private void assertPollingLives() {
        assertThat(peer.post(sid, "4alive").statusCode()).isEqualTo(200);
        List<String> got = new ArrayList<>();
        while (!got.contains("4alive")) {
            got = packets(peer.poll(sid).join());
        }
        assertThat(sessions.closed(sid)).isNull();
    }

    /** Without noops, which mean nothing. */
    private static List<String> packets(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return List.of(response.body().split("\u001e")).stream()
                .filter(packet -> !packet.equals("6"))
                .toList();
    }
}
