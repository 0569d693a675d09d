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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verifies that an adapter which remembers sessions can bring one back: with its id, rooms, data, and what it missed. */
@QuarkusTest
@TestProfile(RecoverySeamTest.Profile.class)
class RecoverySeamTest {

    /** The same node, with other adapters: any bean takes the place of the default factory. */
    public static class Profile extends SocketIoProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(EchoNamespace.class, LabNamespaces.class, RecoveringAdapters.class);
        }
    }

    @TestHTTPResource("/")
    URI uri;

    @Inject
    SocketIoServer io;

    @Inject
    LabNamespaces lab;

    @Inject
    RecoveringAdapters adapters;

    @Test
    void sessionComesBack() throws Exception {
        io.of("/lab-9");
        JsonNode first;
        try (RawClient client = new RawClient(uri)) {
            first = welcome(client.text("40/lab-9,{\"name\":\"anna\"}"));
            lab.socket("anna").join("red").await().indefinitely();
            lab.socket("anna").data(Map.of("age", 7));
            lab.socket("anna").emit("direct", 1);
            assertThat(client.next()).isEqualTo("42/lab-9,[\"direct\",1]");
        }
        await().until(() -> adapters.sessions().containsKey(first.path("pid").asText()));
        io.of("/lab-9").to("red").emit("missed", 2);

        try (RawClient client = new RawClient(uri)) {
            JsonNode second = welcome(client.text(
                    "40/lab-9,{\"name\":\"anna\",\"pid\":\"" + first.path("pid").asText() + "\",\"offset\":\"1\"}"));

            assertThat(second).isEqualTo(first);
            assertThat(client.next()).isEqualTo("42/lab-9,[\"missed\",2]");
            await().until(() -> lab.socket("anna").recovered());
            assertThat(lab.socket("anna").rooms())
                    .containsExactlyInAnyOrder(first.path("sid").asText(), "red");
            assertThat(lab.socket("anna").data().path("age").asInt()).isEqualTo(7);
        }
    }

    @Test
    void sessionThatIsNotKnownIsANewOne() throws Exception {
        try (RawClient client = new RawClient(uri)) {
            JsonNode welcome = welcome(client.text("40/lab-8,{\"name\":\"ben\",\"pid\":\"unknown\",\"offset\":\"1\"}"));

            assertThat(welcome.path("pid").asText()).isNotEmpty().isNotEqualTo("unknown");
        }
    }

    private static JsonNode welcome(RawClient client) throws Exception {
        String frame = (String) client.next();
        return new ObjectMapper().readTree(frame.substring(frame.indexOf('{')));
    }
}
