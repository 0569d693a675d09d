package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.engineio.EngineIoPeer.Socket;
import dev.tandem.gateway.SmallNumbersProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies the heartbeat on both transports, with the short times that conformance suites use. */
@QuarkusTest
@TestProfile(SmallNumbersProfile.class)
class HeartbeatTest {

    @TestHTTPResource("/")
    URI uri;

    @Inject
    EchoListener sessions;

    private EngineIoPeer peer;

    @BeforeEach
    void createPeer() {
        peer = new EngineIoPeer(uri);
    }

    @Test
    void saysItsTimesInTheHandshake() {
        assertThat(peer.get("EIO=4&transport=polling").body()).contains("\"pingInterval\":300,\"pingTimeout\":1500");
    }

    @Test
    void pingsAClientThatPolls() {
        String sid = peer.open();
        for (int i = 0; i < 3; i++) {
            assertThat(peer.poll(sid).join().body()).isEqualTo("2");
            assertThat(peer.post(sid, "3").statusCode()).isEqualTo(200);
        }
        assertThat(sessions.closed(sid)).isNull();
    }

    @Test
    void pingsAClientOnAWebSocket() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        socket.next();
        for (int i = 0; i < 3; i++) {
            assertThat(socket.next()).isEqualTo("2");
            socket.send("3");
        }
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void clientThatPollsAndIsSilentIsGone() {
        String sid = peer.open();
        assertThat(peer.poll(sid).join().body()).isEqualTo("2");

        String last = peer.poll(sid).join().body();

        assertThat(last).isEqualTo("1");
        assertThat(peer.poll(sid).join().statusCode()).isEqualTo(400);
        await().until(() -> sessions.closed(sid) == CloseReason.PING_TIMEOUT);
    }

    @Test
    void clientThatDoesNotEvenPollIsGone() {
        String sid = peer.open();

        await().until(() -> sessions.closed(sid) == CloseReason.PING_TIMEOUT);

        assertThat(peer.poll(sid).join().statusCode()).isEqualTo(400);
    }

    @Test
    void clientThatIsSilentOnItsWebSocketIsGone() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        String sid = EngineIoPeer.json(socket.next().substring(1)).path("sid").asText();
        assertThat(socket.next()).isEqualTo("2");

        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        await().until(() -> sessions.closed(sid) == CloseReason.PING_TIMEOUT);
    }

    @Test
    void messagesAreNoAnswerToAPing() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        socket.next();
        assertThat(socket.next()).isEqualTo("2");

        socket.send("4hello");

        assertThat(socket.next()).isEqualTo("4hello");
        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
    }

    @Test
    void clientThatHasToWaitIsNotSilent() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        String sid = EngineIoPeer.json(socket.next().substring(1)).path("sid").asText();
        sessions.pause(sid);
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("2");
        assertThat(socket.next()).isEqualTo("2");

        sessions.resume(sid);

        assertThat(socket.next()).isEqualTo("4hello");
    }

    @Test
    void clientThatHadToWaitAndIsSilentIsGone() {
        Socket socket = peer.webSocket("EIO=4&transport=websocket");
        String sid = EngineIoPeer.json(socket.next().substring(1)).path("sid").asText();
        sessions.pause(sid);
        sessions.resume(sid);

        await().until(() -> sessions.closed(sid) == CloseReason.PING_TIMEOUT);
    }

    @Test
    void heartbeatGoesOnAfterTheUpgrade() {
        String sid = peer.open();
        Socket socket = peer.upgrade(sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        for (int i = 0; i < 2; i++) {
            assertThat(socket.next()).isEqualTo("2");
            socket.send("3");
        }
        assertThat(socket.next()).isEqualTo("2");
        assertThat(socket.next()).startsWith(EngineIoPeer.CLOSED);
        await().until(() -> sessions.closed(sid) == CloseReason.PING_TIMEOUT);
    }
}
