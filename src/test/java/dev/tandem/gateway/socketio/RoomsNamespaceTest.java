package dev.tandem.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.Peer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.node.TandemNode;
import dev.tandem.socketio.Namespace;
import dev.tandem.socketio.RemoteSocket;
import dev.tandem.socketio.SocketIoServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.socket.client.Ack;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that whoever is in a room is in the Socket.IO room of that name, for all others who speak Socket.IO. */
@QuarkusTest
class RoomsNamespaceTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject
    SocketIoServer io;

    private SocketIoPeer peer;
    private String room;

    @BeforeEach
    void join() {
        room = "socketio-" + UUID.randomUUID();
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("id", room))
                .post("/api/rooms")
                .then()
                .statusCode(201);
        peer = SocketIoPeer.connect(uri);
        assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
    }

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void memberIsReachedByTheIdOfTheRoom() {
        CompletableFuture<Object> heard = new CompletableFuture<>();
        peer.socket().on("hello", arguments -> heard.complete(arguments[0]));

        rooms().to(room).emit("hello", 1);

        assertThat(heard.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(1);
        assertThat(members())
                .extracting(RemoteSocket::id)
                .containsExactly(peer.socket().id());
    }

    @Test
    void memberThatLeavesIsNotReachedAnyMore() {
        peer.leave(room);

        assertThat(members()).isEmpty();
    }

    @Test
    void memberOfADeletedRoomIsNotReachedAnyMore() {
        RestAssured.delete("/api/rooms/" + room).then().statusCode(204);

        await().until(() -> members().isEmpty());
    }

    @Test
    void memberThatGoesIsNotReachedAnyMore() {
        peer.close();

        await().until(() -> members().isEmpty());
    }

    @Test
    void commandWithAttachmentsIsRefused() throws Exception {
        CompletableFuture<JSONObject> answer = new CompletableFuture<>();
        JSONObject fields = new JSONObject()
                .put("room", room)
                .put("text", "hi")
                .put("data", new JSONObject().put("file", new byte[] {1}));

        peer.socket()
                .emit("send", new Object[] {fields}, (Ack) arguments -> answer.complete((JSONObject) arguments[0]));

        JsonNode told = TandemNode.JSON.readTree(
                answer.orTimeout(20, TimeUnit.SECONDS).join().toString());
        assertThat(told.path("error").path("code").asText()).isEqualTo("invalid_command");
        assertThat(Peer.await(peer.send(room, "still here")).path("ok").asBoolean())
                .isTrue();
    }

    private Namespace rooms() {
        return io.of("/");
    }

    private List<RemoteSocket> members() {
        return rooms().in(room).fetchSockets().await().atMost(Duration.ofSeconds(20));
    }
}
