package dev.tandem.gateway;

import static dev.tandem.node.Peer.fields;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that events reach a room's members, or one user, are kept to the room's rules, and are not in the history. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class EventsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String room = "events-" + RoomId.random();
    private Visitor owner;

    @BeforeEach
    void createRoom() {
        owner = come(Door.WEBSOCKET);
        assertThat(owner.outcome("create", about())).isEqualTo("ok");
        assertThat(owner.outcome("join", about())).isEqualTo("ok");
    }

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    @ParameterizedTest
    @EnumSource
    void membersAreToldAndTheHistoryIsNot(Door door) {
        Visitor teller = come(door);
        Visitor hearer = come(Door.SOCKETIO);
        join(teller);
        join(hearer);

        JsonNode answer = teller.say("publish", event("cursor.moved"));

        assertThat(answer.path("ok").asBoolean()).isTrue();
        for (Visitor each : List.of(owner, hearer)) {
            await().atMost(SOON).until(() -> each.peer().events("event").size() == 1);
            JsonNode told = each.peer().events("event").get(0);
            assertThat(told.path("room").asText()).isEqualTo(room);
            assertThat(told.path("name").asText()).isEqualTo("cursor.moved");
            assertThat(told.path("data").path("x").asInt()).isEqualTo(1);
            assertThat(told.path("from").path("id").asText()).isEqualTo(teller.user());
            assertThat(told.path("at")).isEqualTo(answer.path("at"));
        }
        given().get("/api/rooms/{room}/messages", room).then().body("items.size()", is(0));
    }

    @ParameterizedTest
    @EnumSource
    void mutesAndSlowModeApply(Door door) {
        Visitor visitor = come(door);
        join(visitor);
        owner.say("update", about().put("slowMode", 60));

        assertThat(visitor.outcome("publish", event("one"))).isEqualTo("ok");
        assertThat(visitor.outcome("publish", event("two"))).isEqualTo("slow_mode");
        assertThat(visitor.outcome("send", about().put("text", "three"))).isEqualTo("slow_mode");
        assertThat(owner.outcome("publish", event("four"))).isEqualTo("ok");
        owner.say("mute", about().put("user", visitor.user()));
        assertThat(visitor.outcome("publish", event("five"))).isEqualTo("muted");
    }

    @Test
    void connectionsThatAreNotInTheRoomPublishNothing() {
        assertThat(come(Door.WEBSOCKET).outcome("publish", event("a"))).isEqualTo("not_a_member");
        assertThat(come(Door.SOCKETIO).outcome("publish", event("a").put("room", "no-such-room")))
                .isEqualTo("room_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a\r\n", "ä", "a{b}", "\u202ea"})
    void namesAreChecked(String name) {
        assertThat(owner.outcome("publish", event(name))).isEqualTo("invalid_field");
    }

    @Test
    void dataIsBounded() {
        ObjectNode most = about().put("name", "a").put("data", "x".repeat(64 * 1024 - 2));
        ObjectNode more = about().put("name", "a").put("data", "x".repeat(64 * 1024 - 1));

        assertThat(owner.outcome("publish", most)).isEqualTo("ok");
        assertThat(owner.outcome("publish", more)).isEqualTo("payload_too_large");
    }

    @Test
    void broadcastSaysWhatBecameOfItRoomByRoom() {
        List<String> rooms = List.of(room, "no-such-room", "not a room", room);

        Response message = with(IdentityProfile.PUBLISHER, Map.of("rooms", rooms, "text", "hi", "id", "one"))
                .post("/api/broadcast");
        Response event = with(IdentityProfile.PUBLISHER, Map.of("rooms", rooms, "event", Map.of("name", "e")))
                .post("/api/broadcast");

        assertThat(message.path("items.room").toString()).isEqualTo(rooms.toString());
        assertThat(message.<List<Boolean>>path("items.ok")).containsExactly(true, false, false, true);
        assertThat(message.<List<String>>path("items.error.code")).containsExactly("room_not_found", "invalid_field");
        assertThat(message.<Integer>path("items[0].seq")).isEqualTo(1);
        assertThat(message.<Integer>path("items[3].seq")).isEqualTo(1);
        assertThat(event.<List<Boolean>>path("items.ok")).containsExactly(true, false, false, true);
        await().atMost(SOON).until(() -> owner.peer().events("event").size() == 2);
        assertThat(owner.peer().seqs(room)).containsExactly(1L);
    }

    @Test
    void broadcastGoesToAHundredRoomsAtMost() {
        given().contentType(ContentType.JSON)
                .body(Map.of("rooms", Collections.nCopies(101, room), "text", "hi"))
                .post("/api/broadcast")
                .then()
                .statusCode(400);
    }

    @Test
    void allConnectionsOfAUserAreToldDirectly() {
        Visitor visitor = come(Door.SOCKETIO);
        PlainPeer other = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), visitor.headers());

        other.welcomed();
        Response told = with(IdentityProfile.PUBLISHER, Map.of("name", "invoice.paid", "data", Map.of("n", 7)))
                .post("/api/users/{user}/events", visitor.user());

        assertThat(told.statusCode()).isEqualTo(202);
        await().atMost(SOON).until(() -> visitor.peer().events("direct").size() == 1);
        await().atMost(SOON).until(() -> other.events("direct").size() == 1);
        owner.say("room", about());
        JsonNode event = other.events("direct").get(0);
        assertThat(event.path("name").asText()).isEqualTo("invoice.paid");
        assertThat(event.path("data").path("n").asInt()).isEqualTo(7);
        assertThat(event.path("at").asText()).isEqualTo(told.path("at"));
        assertThat(owner.peer().events("direct")).isEmpty();
        other.close();
    }

    @Test
    void onlyTheUserOrAKeyThatMayTellsAUser() {
        Visitor visitor = come(Door.WEBSOCKET);
        Map<String, ?> event = Map.of("name", "a");

        assertThat(with(IdentityProfile.READER, event)
                        .post("/api/users/{user}/events", visitor.user())
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().headers(owner.headers())
                        .contentType(ContentType.JSON)
                        .body(event)
                        .post("/api/users/{user}/events", visitor.user())
                        .statusCode())
                .isEqualTo(403);
        assertThat(given().headers(visitor.headers())
                        .contentType(ContentType.JSON)
                        .body(event)
                        .post("/api/users/{user}/events", visitor.user())
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON).until(() -> visitor.peer().events("direct").size() == 1);
    }

    @Test
    void allConnectionsOfAUserAreEndedAndMayComeAgain() throws Exception {
        Visitor visitor = come(Door.SOCKETIO);
        PlainPeer other = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), visitor.headers());

        other.welcomed();
        Response refused =
                with(IdentityProfile.PUBLISHER, Map.of()).post("/api/users/{user}/disconnect", visitor.user());
        Response ended = with(IdentityProfile.MODERATOR, Map.of()).post("/api/users/{user}/disconnect", visitor.user());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(ended.statusCode()).isEqualTo(202);
        assertThat(other.closed().get(10, TimeUnit.SECONDS)).isEqualTo(4403);
        assertThat(((SocketIoPeer) visitor.peer()).disconnected().get(10, TimeUnit.SECONDS))
                .isEqualTo("io server disconnect");
        PlainPeer again = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), visitor.headers());
        assertThat(again.join(room).path("ok").asBoolean()).isTrue();
        again.close();
    }

    private static RequestSpecification with(String key, Map<String, ?> body) {
        return given().header("X-Api-Key", key).contentType(ContentType.JSON).body(body);
    }

    private ObjectNode event(String name) {
        ObjectNode event = about().put("name", name);
        event.putObject("data").put("x", 1);
        return event;
    }

    private ObjectNode about() {
        return fields().put("room", room);
    }

    private void join(Visitor visitor) {
        if (visitor.hasSocket()) {
            assertThat(visitor.outcome("join", about())).isEqualTo("ok");
        }
    }

    private Visitor come(Door door) {
        Visitor visitor = Visitor.come(uri, door);
        visitors.add(visitor);
        return visitor;
    }
}
