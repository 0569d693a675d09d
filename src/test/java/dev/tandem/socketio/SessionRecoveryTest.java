package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that a namespace which remembers sessions can bring one back: with its id, rooms, data, and what it missed. */
@QuarkusTest
@TestProfile(SocketIoProfile.class)
class SessionRecoveryTest {

    @TestHTTPResource("/")
    URI uri;

    @Inject
    RecoveringNamespace lost;

    @Test
    void sessionComesBack() throws Exception {
        JsonNode first;
        String pid;
        try (RawClient client = new RawClient(uri)) {
            first = welcome(client.text("40/lost,"));
            pid = first.path("pid").asText();
            await().until(() -> lost.sockets().containsKey(pid)
                    && lost.sockets().get(pid).rooms().contains("red"));
            lost.sockets().get(pid).data(Map.of("age", 7));
        }
        await().until(() -> lost.sessions().containsKey(pid) && !lost.sockets().containsKey(pid));

        try (RawClient client = new RawClient(uri)) {
            JsonNode second = welcome(client.text("40/lost,{\"pid\":\"" + pid + "\",\"offset\":\"1\"}"));

            assertThat(second).isEqualTo(first);
            assertThat(client.next()).isEqualTo("42/lost,[\"missed\",\"1\"]");
            await().until(() -> lost.sockets().containsKey(pid));
            Socket socket = lost.sockets().get(pid);
            assertThat(socket.recovered()).isTrue();
            assertThat(socket.rooms())
                    .containsExactlyInAnyOrder(first.path("sid").asText(), "red");
            assertThat(socket.data().path("age").asInt()).isEqualTo(7);
            assertThat(socket.attachment()).isEqualTo(RecoveringNamespace.ATTACHMENT);
        }
    }

    @Test
    void sessionThatIsNotKnownIsANewOne() throws Exception {
        try (RawClient client = new RawClient(uri)) {
            JsonNode welcome = welcome(client.text("40/lost,{\"pid\":\"unknown\",\"offset\":\"1\"}"));

            assertThat(welcome.path("pid").asText()).startsWith("pid-");
        }
    }

    @Test
    void whoLeavesOfOnesOwnAccordDoesNotComeBack() throws Exception {
        try (RawClient client = new RawClient(uri)) {
            String pid = welcome(client.text("40/lost,")).path("pid").asText();
            await().until(() -> lost.sockets().containsKey(pid));

            client.text("41/lost,");

            await().until(() -> !lost.sockets().containsKey(pid));
            assertThat(lost.sessions()).doesNotContainKey(pid);
        }
    }

    private static JsonNode welcome(RawClient client) throws Exception {
        String frame = (String) client.next();
        return new ObjectMapper().readTree(frame.substring(frame.indexOf('{')));
    }
}
