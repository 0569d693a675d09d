package dev.tandem.socketio;

import static dev.tandem.node.JsPeer.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.cluster.ClusterProfile;
import dev.tandem.node.JsPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that the official JavaScript client comes back to a recoverable namespace, in one cluster with a Node.js server and an emitter. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
class NodePeersRecoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NAME = "/kept-9001";

    private static JsPeer clients;
    private static JsPeer there;
    private static JsPeer emitter;
    private static int port;

    @TestHTTPResource("/")
    URI uri;

    @Inject
    SocketIoServer io;

    @Inject
    KeptNamespaces kept;

    @ConfigProperty(name = "tandem.redis.url")
    String redis;

    private String client;
    private Namespace namespace;

    @BeforeEach
    void connect() {
        startPeers();
        namespace = io.of(NAME);
        await().atMost(PATIENCE).until(() -> done(namespace.adapter().serverCount()) == 2);
        client = "client-" + System.nanoTime();
        connect(client, uri.resolve(NAME).toString());
        await().atMost(PATIENCE).until(() -> kept.socket(client) != null);
        done(kept.socket(client).join("red"));
    }

    @AfterAll
    static void stopPeers() {
        for (JsPeer peer : new JsPeer[] {clients, there, emitter}) {
            if (peer != null) {
                peer.close();
            }
        }
    }

    @Test
    void officialClientIsRecoveredWithWhatItMissed() {
        String id = state().path("id").asText();
        namespace.emit("hello", 1);
        await().atMost(PATIENCE).until(() -> received(client).size() == 1);
        Socket lost = kept.socket(client);

        clients.call("cut", fields().put("socket", client));
        await().atMost(PATIENCE).until(() -> !lost.isConnected());
        namespace.to("red").emit("hello", 2);
        namespace.to("green").emit("hello", "not for it");
        done(namespace.except("green").emit("hello", 3));

        await().atMost(PATIENCE).until(() -> received(client).equals(List.of("1", "2", "3")));
        assertThat(state().path("recovered").asBoolean()).isTrue();
        assertThat(state().path("id").asText()).isEqualTo(id);
        kept.socket(client).emit("hello", 4);
        await().atMost(PATIENCE).until(() -> received(client).equals(List.of("1", "2", "3", "4")));
    }

    @Test
    void clientsOfANodeServerGetWhatIsInTheLogToo() {
        String guest = "guest-" + System.nanoTime();
        connect(guest, "http://127.0.0.1:" + port + NAME);
        await().atMost(PATIENCE).until(() -> !events(guest, "connect").isEmpty());

        done(namespace.emit("hello", 1));
        done(namespace.to("nobody is there").emit("hello", 2));
        done(namespace.emit("hello", 3));

        await().atMost(PATIENCE).until(() -> received(guest).contains("3"));
        assertThat(received(guest)).containsExactly("1", "3");
    }

    @Test
    void whoMissedWhatAnEmitterSaidIsNew() {
        namespace.emit("hello", 1);
        await().atMost(PATIENCE).until(() -> received(client).size() == 1);
        emitter.call("emit", fields("{'nsp': '%s', 'rooms': ['red'], 'args': ['hello', 2, 0]}".formatted(NAME)));
        await().atMost(PATIENCE).until(() -> received(client).size() == 2);

        clients.call("cut", fields().put("socket", client));

        await().atMost(PATIENCE).until(() -> events(client, "connect").size() == 2);
        assertThat(state().path("recovered").asBoolean()).isFalse();
    }

    private void startPeers() {
        if (emitter != null) {
            return;
        }
        clients = JsPeer.start("client.js");
        there = JsPeer.start("server.js");
        ObjectNode listen = fields("{'namespaces': ['%s']}".formatted(NAME)).put("redis", redis);
        port = there.call("listen", listen).path("port").asInt();
        emitter = JsPeer.start("emitter.js");
        emitter.call("connect", fields().put("redis", redis));
    }

    private static void connect(String socket, String url) {
        ObjectNode command =
                fields("{'options': {'reconnectionDelay': 500, 'transports': ['websocket'], 'auth': {'name': '%s'}}}"
                        .formatted(socket));
        clients.call("connect", command.put("socket", socket).put("url", url));
    }

    private JsonNode state() {
        return clients.call("state", fields().put("socket", client));
    }

    /** The first arguments of its hellos. */
    private static List<String> received(String socket) {
        return events(socket, "received").stream()
                .filter(event -> event.path("name").asText().equals("hello"))
                .map(event -> event.path("args").get(0).asText())
                .toList();
    }

    private static List<JsonNode> events(String socket, String event) {
        return clients.events(event).stream()
                .filter(each -> each.path("socket").asText().equals(socket))
                .toList();
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
