package dev.tandem.gateway;

import static dev.tandem.node.Peer.fields;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that a user may do each operation so often and no more, on all doors together, and is told when to come back. */
@QuarkusTest
@TestProfile(SeldomProfile.class)
class OperationLimitsTest {

    @TestHTTPResource("/")
    URI uri;

    @ParameterizedTest
    @CsvSource({"send, messages", "publish, events"})
    void callsAndCommandsAreCountedTogether(String command, String path) {
        try (Member member = new Member(uri)) {
            ObjectNode said = fields().put("room", member.room).put("text", "t").put("name", "n");

            assertThat(member.peer.say(command, said).path("ok").asBoolean()).isTrue();
            assertThat(member.as()
                            .body(said.toString())
                            .post("/api/rooms/{room}/" + path, member.room)
                            .statusCode())
                    .isBetween(201, 202);
            assertThat(member.peer.say(command, said).path("ok").asBoolean()).isTrue();
            JsonNode refused = member.peer.say(command, said).path("error");
            Response refusedCall = member.as().body(said.toString()).post("/api/rooms/{room}/" + path, member.room);

            assertThat(refused.path("code").asText()).isEqualTo("rate_limited");
            assertThat(refused.path("retryAfter").asInt()).isBetween(1, 200);
            assertThat(refusedCall.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(refusedCall.header("Retry-After"))).isBetween(1, 200);
            assertThat(refusedCall.<String>path("code")).isEqualTo("rate_limited");
        }
    }

    @Test
    void broadcastCountsRoomByRoom() {
        try (Member member = new Member(uri)) {
            Response answer = member.as()
                    .body(Map.of("rooms", List.of(member.room, member.room, member.room, member.room), "text", "t"))
                    .post("/api/broadcast");

            assertThat(answer.<List<String>>path("items.findAll { !it.ok }.error.code"))
                    .containsExactly("rate_limited");
        }
    }

    @Test
    void joinsAndNewRoomsAreCounted() {
        try (Member member = new Member(uri)) {
            ObjectNode room = fields().put("room", member.room);
            for (int i = 0; i < 2; i++) {
                member.peer.say("leave", room);
                assertThat(member.peer.outcome("join", room)).isEqualTo("ok");
            }
            member.peer.say("leave", room);
            assertThat(member.peer.outcome("join", room)).isEqualTo("rate_limited");

            assertThat(member.peer.outcome("create", fields())).isEqualTo("ok");
            assertThat(member.as().body(Map.of()).post("/api/rooms").statusCode())
                    .isEqualTo(201);
            assertThat(member.peer.outcome("create", fields())).isEqualTo("rate_limited");
        }
    }

    /** A guest with a room, made by one of three creations, and joined by one of three joins. */
    private static final class Member implements AutoCloseable {
        private final String room = RoomId.random().value();
        private final Visitor peer;

        Member(URI uri) {
            String cookie = given().contentType(ContentType.JSON)
                    .post("/api/session")
                    .header("Set-Cookie")
                    .split(";")[0];
            peer = Visitor.of(uri, Door.WEBSOCKET, cookie);
            assertThat(peer.outcome("create", fields().put("room", room))).isEqualTo("ok");
            assertThat(peer.outcome("join", fields().put("room", room))).isEqualTo("ok");
        }

        RequestSpecification as() {
            return given().headers(peer.headers()).contentType(ContentType.JSON);
        }

        @Override
        public void close() {
            peer.close();
        }
    }
}
