package dev.tandem.origin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.node.PlainPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that one list of origins counts on all doors: the HTTP API, Socket.IO and the plain WebSocket. */
@QuarkusTest
@TestProfile(FriendsProfile.class)
class CrossOriginTest {
    private static final String FRIEND = FriendsProfile.FRIEND;
    private static final String OLD_FRIEND = FriendsProfile.OLD_FRIEND;
    private static final String STRANGER = "https://evil.example";

    @TestHTTPResource("/ws")
    URI uri;

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, "null", "https://friend.example.evil.example", "http://friend.example"})
    void pageOfAnotherOriginChangesNothing(String origin) {
        Response refused = createRoom(origin, null);

        refused.then().statusCode(403).body("code", equalTo("forbidden"));
        assertThat(refused.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void pageOfAnotherOriginChangesNothingWithTheCookieOfItsVisitor() {
        String cookie = given().contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", newRoom())
                .cookie("connect.sid");

        createRoom(STRANGER, cookie).then().statusCode(403).body("code", equalTo("forbidden"));
        given().header("Origin", STRANGER)
                .cookie("connect.sid", cookie)
                .delete("/api/rooms/{room}", newRoom())
                .then()
                .statusCode(403);
    }

    @Test
    void pageOfAnotherOriginReadsNothing() {
        Response read = given().header("Origin", STRANGER).get("/api/rooms");

        assertThat(read.headers().asList()).noneMatch(header -> header.getName().startsWith("Access-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {FRIEND, OLD_FRIEND})
    void pageOfAListedOriginReadsAndChanges(String origin) {
        Response created = createRoom(origin, null);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(created.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(created.header("Vary")).contains("Origin");
    }

    @Test
    void refusalIsReadableToAListedPage() {
        Response refused = given().header("Origin", FRIEND).get("/api/rooms/no-such-room");

        refused.then().statusCode(404);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    }

    @Test
    void pageOfThisServerChanges() {
        createRoom("http://" + uri.getAuthority(), null).then().statusCode(201);
    }

    @Test
    void browserThatAsksFirstIsTold() {
        Response asked = preflight(FRIEND);

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(asked.header("Access-Control-Allow-Methods"))
                .contains("POST")
                .contains("DELETE");
        assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("content-type");
    }

    @Test
    void browserOfAnotherPageThatAsksFirstGetsNoPermission() {
        Response asked = preflight(STRANGER);

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().asList())
                .noneMatch(header -> header.getName().startsWith("Access-Control"));
    }

    @Test
    void pageOfAnotherOriginGetsNoPlainWebSocket() {
        URI ws = URI.create(uri.toString().replace("http", "ws"));

        assertThatThrownBy(() -> PlainPeer.connect(ws, Map.of("Origin", STRANGER)))
                .hasStackTraceContaining("WebSocketHandshakeException");
        try (PlainPeer friend = PlainPeer.connect(ws, Map.of("Origin", FRIEND))) {
            assertThat(friend.join(newRoom()).path("ok").asBoolean()).isTrue();
        }
    }

    @Test
    void pageOfAnotherOriginGetsNoSocketIoSession() {
        String handshake = "/socket.io/?EIO=4&transport=polling";

        given().header("Origin", STRANGER).get(handshake).then().statusCode(403);
        given().header("Origin", FRIEND).get(handshake).then().statusCode(200);
    }

    private static Response preflight(String origin) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options("/api/rooms");
    }

    private static String newRoom() {
        return given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .path("id");
    }

    private static Response createRoom(String origin, String cookie) {
        var call =
                given().header("Origin", origin).contentType(ContentType.JSON).body("{}");
        return (cookie == null ? call : call.cookie("connect.sid", cookie)).post("/api/rooms");
    }
}
