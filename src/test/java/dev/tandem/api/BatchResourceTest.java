package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.id.RoomId;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that many calls in one are the same calls, one after another. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class BatchResourceTest {

    @Test
    void callsAreMadeInOrderAndNoneStopsTheOthers() {
        String room = RoomId.random().value();
        String messages = "/api/rooms/" + room + "/messages";

        Response answer = batch(
                IdentityProfile.ADMIN,
                call("POST", "/api/rooms", Map.of("id", room, "topic", "t"), "create"),
                call("POST", messages, Map.of("text", "one"), null),
                call("POST", messages, Map.of("text", ""), "wrong"),
                call("POST", messages, Map.of("text", "two"), null),
                call("GET", messages + "?after=1&limit=5", null, "read"),
                call("PATCH", "/api/rooms/" + room, Map.of("topic", "u"), null),
                call("GET", "/api/no/such/thing", null, null),
                call("DELETE", "/api/rooms/" + room, null, "gone"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<List<Integer>>path("responses.status"))
                .containsExactly(201, 201, 400, 201, 200, 200, 404, 204);
        assertThat(answer.<String>path("responses[0].id")).isEqualTo("create");
        assertThat(answer.<String>path("responses[0].body.topic")).isEqualTo("t");
        assertThat(answer.<String>path("responses[0].headers.Location")).endsWith("/api/rooms/" + room);
        assertThat(answer.<String>path("responses[0].headers.ETag")).isNotEmpty();
        assertThat(answer.<String>path("responses[2].body.field")).isEqualTo("text");
        assertThat(answer.<List<Integer>>path("responses[4].body.items.seq")).containsExactly(2);
        assertThat(answer.<String>path("responses[6].body.code")).isEqualTo("invalid_command");
        assertThat(answer.<Object>path("responses[7].body")).isNull();
        given().get("/api/rooms/{room}", room).then().statusCode(404);
    }

    @Test
    void callsAreMadeAsWhoeverMakesTheBatch() {
        String room = Calls.newRoom();

        Response reader = batch(
                IdentityProfile.READER,
                call("GET", "/api/rooms/" + room, null, null),
                call("POST", "/api/rooms/" + room + "/messages", Map.of("text", "a"), null),
                call("GET", "/api/session", null, null));

        assertThat(reader.<List<Integer>>path("responses.status")).containsExactly(200, 403, 200);
        assertThat(reader.<String>path("responses[2].body.user.id")).isEqualTo("key-reader");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/batch, path",
        "POST, /api/./batch, path",
        "POST, /api/%62atch, path",
        "GET, /api/rooms/lobby/stream, path",
        "GET, /api/rooms/lobby/%73tream?since=1, path",
        "GET, /api/rooms/../rooms/lobby/stream, path",
        "GET, /api/lobby/stream, path",
        "GET, /q/metrics, path",
        "GET, http://elsewhere/api/rooms, path",
        "GET, '/api/a b', path",
        "GET, '/api/a\r\nX-Api-Key: tk', path",
        "GET, '/api/%', path",
        "TRACE, /api/rooms, method",
    })
    void whatIsNoCallIsRefusedByItself(String method, String path, String field) {
        Response answer = batch(
                IdentityProfile.ADMIN, call(method, path, Map.of(), null), call("GET", "/api/rooms", null, "after"));

        assertThat(answer.<List<Integer>>path("responses.status")).containsExactly(400, 200);
        assertThat(answer.<String>path("responses[0].body.field")).isEqualTo(field);
    }

    @Test
    void fiftyCallsAtMost() {
        Map<String, Object> call = call("GET", "/api/rooms?limit=1", null, null);

        batch(IdentityProfile.ADMIN, Collections.nCopies(50, call)).then().statusCode(200);
        batch(IdentityProfile.ADMIN, Collections.nCopies(51, call))
                .then()
                .statusCode(400)
                .body("field", equalTo("requests"));
        batch(IdentityProfile.ADMIN, List.of()).then().statusCode(400);
    }

    @Test
    void answersAreBoundedTogether() {
        String room = Calls.newRoom();
        for (int i = 0; i < 16; i++) {
            Calls.post(room, Map.of("text", "t", "data", "x".repeat(60_000)));
        }
        Map<String, Object> read = call("GET", "/api/rooms/" + room + "/messages", null, null);

        List<Integer> statuses =
                batch(IdentityProfile.ADMIN, Collections.nCopies(12, read)).path("responses.status");

        assertThat(statuses).startsWith(200, 200).endsWith(413, 413);
    }

    @SafeVarargs
    private static Response batch(String key, Map<String, Object>... calls) {
        return batch(key, List.of(calls));
    }

    private static Response batch(String key, List<Map<String, Object>> calls) {
        return given().header("X-Api-Key", key)
                .contentType(ContentType.JSON)
                .body(Map.of("requests", calls))
                .post("/api/batch");
    }

    private static Map<String, Object> call(String method, String path, Map<String, ?> body, String id) {
        Map<String, Object> call = new HashMap<>(Map.of("method", method, "path", path));
        if (body != null) {
            call.put("body", body);
        }
        if (id != null) {
            call.put("id", id);
        }
        return call;
    }
}
