package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.node.Peer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies that a user's other connections are told what is read on one of them, and nobody else is. */
@QuarkusTest
class OtherDevicesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    private final List<Tabs> people = new ArrayList<>();
    private String room;

    @BeforeEach
    void createRoom() {
        room = request(null).body("{}").post("/api/rooms").path("id");
        for (int i = 0; i < 3; i++) {
            request(null)
                    .body(Map.of("text", "hi"))
                    .post("/api/rooms/{room}/messages", room)
                    .then()
                    .statusCode(201);
        }
    }

    @AfterEach
    void closeAll() {
        people.forEach(Tabs::close);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whatIsReadOnOneIsToldToTheOthersWhileItIsNews(Door door) {
        Tabs ada = somebody("Ada");
        Peer reading = ada.open(door, room);
        Peer same = ada.open(door, room);
        Peer socketIo = ada.open(Door.SOCKETIO, room);
        Peer webSocket = ada.open(Door.WEBSOCKET, room);
        Peer bob = somebody("Bob").open(door, room);

        read(reading, 2);
        read(reading, 2);
        read(reading, 1);
        read(reading, 3);
        fence(ada, reading, same, socketIo, webSocket);

        for (Peer other : List.of(same, socketIo, webSocket)) {
            assertThat(told(other)).containsExactly(List.of(room, 2L, 1L), List.of(room, 3L, 0L));
        }
        assertThat(reading.events("read")).isEmpty();
        assertThat(bob.events("read")).isEmpty();
    }

    @Test
    void whatIsReadOverHttpIsToldToAll() {
        Tabs ada = somebody("Ada");
        Peer first = ada.open(Door.SOCKETIO, room);
        Peer second = ada.open(Door.WEBSOCKET, room);

        request(ada.cookie())
                .body(Map.of("seq", 3))
                .post("/api/rooms/{room}/read", room)
                .then()
                .statusCode(200);
        fence(ada, first, second);

        assertThat(told(first)).containsExactly(List.of(room, 3L, 0L));
        assertThat(told(second)).containsExactly(List.of(room, 3L, 0L));
    }

    @Test
    void whatIsNotNotedIsNotTold() {
        Tabs ada = somebody("Ada");
        Peer first = ada.open(Door.WEBSOCKET, room);
        Peer second = ada.open(Door.WEBSOCKET, room);

        JsonNode answer = Peer.await(first.command("read", fields(4)));
        fence(ada, first, second);

        assertThat(answer.path("error").path("code").asText()).isEqualTo("invalid_field");
        assertThat(second.events("read")).isEmpty();
    }

    private static List<List<Object>> told(Peer peer) {
        return peer.events("read").stream()
                .map(read -> List.<Object>of(
                        read.path("room").asText(),
                        read.path("seq").asLong(),
                        read.path("unread").asLong(-1)))
                .toList();
    }

    private void read(Peer peer, long seq) {
        assertThat(Peer.await(peer.command("read", fields(seq))).path("ok").asBoolean())
                .isTrue();
    }

    /** What the user was to be told before has been told once this has been. */
    private void fence(Tabs somebody, Peer... peers) {
        request(somebody.cookie())
                .body(Map.of("name", "fence"))
                .post("/api/users/{user}/events", somebody.user())
                .then()
                .statusCode(202);
        for (Peer peer : peers) {
            await().atMost(SOON).until(() -> !peer.events("direct").isEmpty());
        }
    }

    private ObjectNode fields(long seq) {
        return Peer.fields().put("room", room).put("seq", seq);
    }

    private Tabs somebody(String name) {
        Tabs tabs = Tabs.of(uri, name);
        people.add(tabs);
        return tabs;
    }

    private static RequestSpecification request(String cookie) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        return cookie == null ? request : request.header("Cookie", cookie);
    }
}
