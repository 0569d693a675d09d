package dev.tandem.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.event.RoomKeys;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.redis.Commands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies that members know the most present status of a user's connections, as long as there are any, and no other. */
@QuarkusTest
@TestProfile(FastBeatsProfile.class)
class StatusTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

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
    void membersAreToldAStatusThatIsAnotherOneAndSeeItInTheList(Door door) {
        Tabs ada = somebody("Ada");
        Peer adas = ada.open(door, room);
        Peer bob = somebody("Bob").open(door, room);

        JsonNode answer = done(adas, "status", status("away").put("text", "Lunch \"/\" \u00e9"));
        done(adas, "status", status("away").put("text", "Lunch \"/\" \u00e9"));

        assertThat(answer.path("status").asText()).isEqualTo("away");
        await().atMost(SOON).until(() -> !bob.events("status").isEmpty());
        JsonNode told = bob.events("status").get(0);
        assertThat(told.path("room").asText()).isEqualTo(room);
        assertThat(told.path("user").path("id").asText()).isEqualTo(ada.user());
        assertThat(told.path("status").asText()).isEqualTo("away");
        assertThat(told.path("text").asText()).isEqualTo("Lunch \"/\" \u00e9");
        JsonNode listed = listed(bob, ada);
        assertThat(listed.path("status").asText()).isEqualTo("away");
        assertThat(listed.path("statusText").asText()).isEqualTo("Lunch \"/\" \u00e9");
        assertThat(overHttp()).containsExactly("away", "online");

        done(adas, "status", status("online"));

        await().atMost(SOON).until(() -> bob.events("status").size() == 2);
        assertThat(bob.events("status").get(1).path("status").asText()).isEqualTo("online");
        assertThat(bob.events("status").get(1).has("text")).isFalse();
        assertThat(kept()).isZero();
    }

    @Test
    void mostPresentConnectionCountsUntilItGoes() {
        Tabs ada = somebody("Ada");
        Peer desk = ada.open(Door.WEBSOCKET, room);
        Peer phone = ada.open(Door.SOCKETIO, room);
        Peer bob = somebody("Bob").open(Door.WEBSOCKET, room);

        done(phone, "status", status("away"));
        done(desk, "status", status("dnd"));
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd")));

        desk.leave(room);
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd", "away")));

        desk.join(room);
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd", "away", "dnd")));

        Peer third = ada.open(Door.WEBSOCKET, room);
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd", "away", "dnd", "online")));
        third.close();
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd", "away", "dnd", "online", "dnd")));

        desk.close();
        phone.close();
        await().atMost(SOON).until(() -> bob.events("left").size() == 1);
        assertThat(statuses(bob).subList(5, statuses(bob).size())).isSubsetOf("away");
        assertThat(kept()).isZero();
    }

    @Test
    void whoComesIntoARoomBringsTheStatus() {
        Peer bob = somebody("Bob").open(Door.WEBSOCKET, room);
        Tabs ada = somebody("Ada");
        Peer adas = ada.open(Door.WEBSOCKET, room);
        adas.leave(room);
        done(adas, "status", status("dnd"));

        adas.join(room);

        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("dnd")));
        assertThat(listed(bob, ada).path("status").asText()).isEqualTo("dnd");
    }

    @Test
    void statusIsThereAgainAfterPresenceStartedOver() {
        Tabs ada = somebody("Ada");
        Peer adas = ada.open(Door.WEBSOCKET, room);
        Peer bob = somebody("Bob").open(Door.WEBSOCKET, room);
        done(adas, "status", status("away"));
        await().atMost(SOON).until(() -> statuses(bob).equals(List.of("away")));
        String before = lease();

        send(Request.cmd(Command.DEL).arg("{presence}:leases"));

        await().atMost(SOON).until(() -> !lease().equals(before));
        await().atMost(SOON).until(() -> listed(bob, ada).path("connections").asInt() == 1);
        assertThat(listed(bob, ada).path("status").asText()).isEqualTo("away");
        done(adas, "status", status("dnd"));
        await().atMost(SOON).until(() -> statuses(bob).contains("dnd"));
        assertThat(statuses(bob)).containsExactly("away", "dnd");
    }

    @Test
    void membersComeInPages() {
        Peer first = somebody("Ada").open(Door.WEBSOCKET, room);
        somebody("Bob").open(Door.WEBSOCKET, room);
        somebody("Eve").open(Door.WEBSOCKET, room);

        JsonNode page = done(first, "members", fields().put("limit", 2));
        JsonNode rest = done(
                first,
                "members",
                fields().put("limit", 2).put("cursor", page.path("next").asText()));

        assertThat(page.path("items").findValuesAsText("name")).containsExactly("Ada", "Bob");
        assertThat(rest.path("items").findValuesAsText("name")).containsExactly("Eve");
        assertThat(rest.path("count").asInt()).isEqualTo(3);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void whatIsNoStatusIsRefused() {
        Peer ada = somebody("Ada").open(Door.WEBSOCKET, room);

        assertThat(code(ada, "status", status("busy"))).isEqualTo("invalid_field");
        assertThat(code(ada, "status", status("away").put("text", "x".repeat(129))))
                .isEqualTo("invalid_field");
        assertThat(code(ada, "members", fields().put("limit", 0))).isEqualTo("invalid_field");
    }

    private JsonNode listed(Peer peer, Tabs somebody) {
        for (JsonNode member : done(peer, "members", fields()).path("items")) {
            if (member.path("user").path("id").asText().equals(somebody.user())) {
                return member;
            }
        }
        throw new AssertionError("not a member");
    }

    private List<String> overHttp() {
        return given().get("/api/rooms/{room}/members", room).path("items.status");
    }

    private static List<String> statuses(Peer peer) {
        return peer.events("status").stream()
                .map(told -> told.path("status").asText())
                .toList();
    }

    /** How many users Redis holds a status of. */
    private int kept() {
        return Integer.parseInt(send(Request.cmd(Command.HLEN).arg(RoomKeys.statuses(new RoomId(room)))));
    }

    /** That of the connection that is listed first, while there is one lease. */
    private String lease() {
        String field = commands.read(Request.cmd(Command.HKEYS).arg(RoomKeys.presence(new RoomId(room))))
                .await()
                .atMost(SOON)
                .get(0)
                .toString();
        return field.substring(0, field.indexOf('/'));
    }

    private String send(Request request) {
        return commands.send(Commands.Effect.ONCE, request).await().atMost(SOON).toString();
    }

    private Tabs somebody(String name) {
        Tabs tabs = Tabs.of(uri, name);
        people.add(tabs);
        return tabs;
    }

    private static JsonNode done(Peer peer, String command, ObjectNode fields) {
        JsonNode answer = Peer.await(peer.command(command, fields));
        assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
        return answer;
    }

    private static String code(Peer peer, String command, ObjectNode fields) {
        return Peer.await(peer.command(command, fields))
                .path("error")
                .path("code")
                .asText();
    }

    private ObjectNode fields() {
        return Peer.fields().put("room", room);
    }

    private static ObjectNode status(String status) {
        return Peer.fields().put("status", status);
    }
}
