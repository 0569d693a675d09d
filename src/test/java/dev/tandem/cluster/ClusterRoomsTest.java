package dev.tandem.cluster;

import static dev.tandem.node.JsPeer.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.JsPeer;
import dev.tandem.node.SocketIoPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that members of Tandem's rooms and clients of a Node.js server in the Socket.IO rooms of these names hear each other. */
@QuarkusTest
@TestProfile(ClusterRoomsTest.Mirroring.class)
class ClusterRoomsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource("/")
    URI here;

    @ConfigProperty(name = "tandem.redis.url")
    String redis;

    private final String room = "room-" + UUID.randomUUID();
    private final List<Object> called = new CopyOnWriteArrayList<>();
    private JsPeer server;
    private JsPeer client;
    private SocketIoPeer member;

    /** A node that tells Node.js servers of its rooms. */
    public static class Mirroring implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tandem.cluster.mirror-room-events", "true");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(ClusterProfile.SharedRedis.class));
        }
    }

    @BeforeEach
    void start() {
        server = JsPeer.start("server.js");
        int port =
                server.call("listen", fields().put("redis", redis)).path("port").asInt();
        client = JsPeer.start("client.js");
        client.call("connect", fields().put("url", "http://127.0.0.1:" + port));
        await().atMost(PATIENCE).until(() -> !client.events("connect").isEmpty());
        client.call("emit", fields("{'args': ['join', '%s'], 'ack': true}".formatted(room)));
        RestAssured.given()
                .contentType("application/json")
                .body("{\"id\":\"" + room + "\"}")
                .post("/api/rooms")
                .then()
                .statusCode(201);
        member = SocketIoPeer.connect(here);
        member.socket().on("called", arguments -> called.add(arguments[0]));
    }

    @AfterEach
    void stop() {
        member.close();
        client.close();
        server.close();
    }

    @Test
    void memberHearsServersAndEmittersInTheRoom() {
        member.join(room);

        server.call("emit", fields("{'rooms': ['%s'], 'args': ['called', 'by a server']}".formatted(room)));
        await().atMost(PATIENCE).until(() -> called.size() == 1);
        try (JsPeer emitter = JsPeer.start("emitter.js")) {
            emitter.call("connect", fields().put("redis", redis));
            emitter.call("emit", fields("{'rooms': ['%s'], 'args': ['called', 'by an emitter']}".formatted(room)));
            await().atMost(PATIENCE).until(() -> called.size() == 2);
        }

        assertThat(called).containsExactly("by a server", "by an emitter");
    }

    @Test
    void clientOfANodeJsServerHearsWhatHappensInTheRoomOnce() {
        member.join(room);
        member.send(room, "hello").join();
        member.send(room, "again").join();
        member.leave(room);
        RestAssured.delete("/api/rooms/" + room).then().statusCode(204);

        await().atMost(PATIENCE).until(() -> names().contains("deleted"));
        assertThat(names()).containsExactly("auth", "joined", "message", "message", "left", "deleted");
        JsonNode message = client.events("received").get(2).path("args").get(0);
        assertThat(message.path("text").asText()).isEqualTo("hello");
        assertThat(message.path("seq").asLong()).isEqualTo(1);
        assertThat(message.path("room").asText()).isEqualTo(room);
    }

    @Test
    void memberHearsWhatHappensOnceAndIsNotMirrored() {
        member.join(room);
        member.send(room, "hello").join();

        server.call("emit", fields("{'rooms': ['%s'], 'args': ['called', 'last']}".formatted(room)));
        await().atMost(PATIENCE)
                .until(() -> called.size() == 1 && member.seqs(room).size() == 1);
        ObjectNode repeated = fields("{'id': 'same', 'text': 'hi'}");
        post(repeated, 201);
        post(repeated, 200);
        post(fields("{'id': 'last', 'text': 'hi'}"), 201);

        await().atMost(PATIENCE)
                .until(() -> names().size() >= 6 && member.seqs(room).size() >= 3);
        assertThat(names()).containsExactlyInAnyOrder("auth", "joined", "message", "called", "message", "message");
        assertThat(member.seqs(room)).containsExactly(1L, 2L, 3L);
    }

    private void post(ObjectNode message, int status) {
        RestAssured.given()
                .contentType("application/json")
                .body(message.toString())
                .post("/api/rooms/" + room + "/messages")
                .then()
                .statusCode(status);
    }

    private List<String> names() {
        return client.events("received").stream()
                .map(event -> event.path("name").asText())
                .toList();
    }
}
