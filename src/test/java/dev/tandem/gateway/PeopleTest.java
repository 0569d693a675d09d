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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies what people in a room learn of each other: who is typing, and when somebody was last seen. */
@QuarkusTest
class PeopleTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    private final List<Tabs> people = new ArrayList<>();
    private String room;

    @BeforeEach
    void createRoom() {
        room = given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .path("id");
    }

    @AfterEach
    void closeAll() {
        people.forEach(Tabs::close);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void othersAreToldWhoIsTypingAndOwnConnectionsAreNot(Door door) {
        Tabs ada = somebody("Ada");
        Peer typing = ada.open(door, room);
        Peer otherTab = ada.open(Door.WEBSOCKET, room);
        Peer bob = somebody("Bob").open(door, room);

        assertThat(outcome(typing, "typing", fields())).isEqualTo("ok");
        assertThat(outcome(typing, "send", fields().put("text", "hi"))).isEqualTo("ok");

        await().atMost(SOON)
                .until(() -> List.of(typing, otherTab, bob).stream()
                        .allMatch(peer -> !peer.events("message").isEmpty()));
        assertThat(bob.events("typing")).hasSize(1);
        JsonNode told = bob.events("typing").get(0);
        assertThat(told.path("room").asText()).isEqualTo(room);
        assertThat(told.path("user").path("id").asText()).isEqualTo(ada.user());
        assertThat(told.path("user").path("name").asText()).isEqualTo("Ada");
        assertThat(told.path("on").asBoolean()).isTrue();
        assertThat(told.path("expires").asInt()).isEqualTo(6);
        assertThat(typing.events("typing")).isEmpty();
        assertThat(otherTab.events("typing")).isEmpty();
    }

    @Test
    void sameTypingIsToldOnceASecondAndOtherTypingAtOnce() {
        Peer ada = somebody("Ada").open(Door.WEBSOCKET, room);
        Peer bob = somebody("Bob").open(Door.WEBSOCKET, room);
        long began = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            assertThat(outcome(ada, "typing", fields())).isEqualTo("ok");
        }
        long seconds = (System.nanoTime() - began) / 1_000_000_000L;
        assertThat(outcome(ada, "typing", fields().put("on", false))).isEqualTo("ok");

        await().atMost(SOON)
                .until(() -> bob.events("typing").stream()
                        .anyMatch(told -> !told.path("on").asBoolean(true)));
        assertThat(bob.events("typing")).hasSizeBetween(2, (int) seconds + 2);
        await().atMost(SOON).until(() -> {
            outcome(ada, "typing", fields().put("on", true));
            return bob.events("typing").size() > seconds + 2;
        });
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whoIsMutedOrNotHereOrUnclearIsNotSeenToType(Door door) {
        Tabs ada = somebody("Ada");
        Peer peer = ada.open(door, room);
        assertThat(outcome(peer, "typing", fields().put("on", "yes"))).isEqualTo("invalid_field");
        assertThat(given().contentType(ContentType.JSON)
                        .body(Map.of("for", 60))
                        .put("/api/rooms/{room}/mutes/{user}", room, ada.user())
                        .statusCode())
                .isLessThan(300);

        assertThat(outcome(peer, "typing", fields())).isEqualTo("muted");

        peer.leave(room);
        assertThat(outcome(peer, "typing", fields())).isEqualTo("not_a_member");
    }

    @Test
    void userWasLastSeenWhenTheLastConnectionWent() {
        Tabs ada = somebody("Ada");
        Peer first = ada.open(Door.SOCKETIO, room);
        Peer second = ada.open(Door.WEBSOCKET, room);
        Instant came = lastSeen(ada);

        first.close();
        await().atMost(SOON).until(() -> connections() == 1);
        somebodyElseComesAndGoes();
        assertThat(lastSeen(ada)).isEqualTo(came);

        second.close();
        await().atMost(SOON).until(() -> lastSeen(ada).isAfter(came));
    }

    /** What was to be noted of those who went before has been noted by then. */
    private void somebodyElseComesAndGoes() {
        Tabs bob = somebody("Bob");
        Instant came = lastSeen(bob);
        bob.open(Door.WEBSOCKET, room).close();
        await().atMost(SOON).until(() -> lastSeen(bob).isAfter(came));
    }

    private Instant lastSeen(Tabs somebody) {
        return Instant.parse(given().get("/api/users/{user}", somebody.user()).path("lastSeen"));
    }

    private int connections() {
        List<Integer> all = given().get("/api/rooms/{room}/members", room).path("items.connections");
        return all.stream().mapToInt(Integer::intValue).sum();
    }

    private Tabs somebody(String name) {
        Tabs tabs = Tabs.of(uri, name);
        people.add(tabs);
        return tabs;
    }

    private static String outcome(Peer peer, String command, ObjectNode fields) {
        JsonNode answer = Peer.await(peer.command(command, fields));
        return answer.path("ok").asBoolean()
                ? "ok"
                : answer.path("error").path("code").asText();
    }

    private ObjectNode fields() {
        return Peer.fields().put("room", room);
    }
}
