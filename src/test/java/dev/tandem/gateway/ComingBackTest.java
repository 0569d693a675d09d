package dev.tandem.gateway;

import static dev.tandem.node.Peer.fields;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.RawSocket;
import dev.tandem.redis.Commands;
import dev.tandem.session.IdentityProfile;
import dev.tandem.session.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that what befell somebody whose connection was lost holds when they come back: being put out, logged out, not any more. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class ComingBackTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

    private final List<RawSocket> sockets = new ArrayList<>();
    private final String red = RoomId.random().value();
    private final String blue = RoomId.random().value();

    @BeforeEach
    void createRooms() {
        for (String room : List.of(red, blue)) {
            call(Map.of("id", room)).post("/api/rooms").then().statusCode(201);
        }
    }

    @AfterEach
    void drop() {
        sockets.forEach(RawSocket::drop);
    }

    @Test
    void whoWasKickedComesBackWithoutThatRoom() {
        RawSocket lost = lose(come(Map.of(), fields()));
        kick(lost.user()).then().statusCode(200);
        say(red);
        say(blue);

        RawSocket back = back(lost);

        assertIsOutOfRed(lost, back, "kicked");
        back.join(red);
    }

    @Test
    void whoWasBannedComesBackWithoutThatRoomThoughTheBanWasLifted() {
        RawSocket lost = lose(come(Map.of(), fields()));
        String ban = "/api/rooms/" + red + "/bans/" + lost.user();
        call(Map.of()).put(ban).then().statusCode(200);
        given().delete(ban).then().statusCode(204);
        say(red);
        say(blue);

        assertIsOutOfRed(lost, back(lost), "kicked");
    }

    @Test
    void whoIsBannedIsToldSo() {
        RawSocket lost = lose(come(Map.of(), fields()));
        call(Map.of())
                .put("/api/rooms/{room}/bans/{user}", red, lost.user())
                .then()
                .statusCode(200);
        say(red);
        say(blue);

        assertIsOutOfRed(lost, back(lost), "banned");
    }

    @Test
    void whoWasKickedAndCameInAgainMeanwhileComesBackIntoTheRoom() {
        String cookie = session();
        RawSocket lost = lose(come(Map.of("Cookie", cookie), fields()));
        kick(lost.user()).then().statusCode(200);
        try (Visitor other = Visitor.of(uri, Door.WEBSOCKET, cookie)) {
            other.peer().join(red);
            say(red);

            RawSocket back = back(lost);

            await().atMost(SOON).until(() -> back.seqs(red).equals(List.of(1L)));
            assertThat(outcome(back, "send", red)).isEqualTo("ok");
            assertThat(back.events("kicked")).isEmpty();
        }
    }

    @Test
    void whoWatchedTheLobbyWatchesAgainAndIsToldToHaveTheListAnew() {
        RawSocket watcher = come(Map.of(), fields());
        watcher.command("watch", fields());
        RawSocket back = back(lose(watcher));

        await().atMost(SOON).until(() -> back.events("relist").size() == 1);
        String green = RoomId.random().value();
        call(Map.of("id", green)).post("/api/rooms").then().statusCode(201);

        await().atMost(SOON)
                .until(() -> back.events("listed").stream()
                        .anyMatch(listed -> green.equals(listed.path("room").asText())));
    }

    @Test
    void whoUnwatchedTheLobbyDoesNotWatchIt() {
        RawSocket lost = come(Map.of(), fields());
        lost.command("watch", fields());
        lost.command("unwatch", fields());
        RawSocket back = back(lose(lost));
        RawSocket watcher = come(Map.of(), fields());
        watcher.command("watch", fields());

        String green = RoomId.random().value();
        call(Map.of("id", green)).post("/api/rooms").then().statusCode(201);
        await().atMost(SOON)
                .until(() -> watcher.events("listed").stream()
                        .anyMatch(listed -> green.equals(listed.path("room").asText())));
        say(blue);
        await().atMost(SOON).until(() -> back.seqs(blue).equals(List.of(1L)));

        assertThat(back.events("relist")).isEmpty();
        assertThat(back.events("listed")).isEmpty();
    }

    @Test
    void whoLoggedOutIsAskedForCredentials() {
        String cookie = session();
        RawSocket lost = lose(come(Map.of("Cookie", cookie), fields()));

        given().header("Cookie", cookie).delete("/api/session").then().statusCode(204);

        assertIsRefused(lost);
    }

    @Test
    void whoWasForgottenIsAskedForCredentials() {
        RawSocket lost = lose(come(Map.of("Cookie", session()), fields()));

        given().header("X-Api-Key", IdentityProfile.MODERATOR)
                .delete("/api/users/{user}", lost.user())
                .then()
                .statusCode(204);

        assertIsRefused(lost);
    }

    @Test
    void whoseTokenEndedIsAskedForCredentials() {
        Instant end = Instant.now().plusSeconds(6);
        String token = TestTokens.of("brief-visit", all -> all.setExpirationTime(TestTokens.in(5)));
        RawSocket lost = lose(come(Map.of(), fields().put("token", token)));

        await().atMost(SOON).until(() -> Instant.now().isAfter(end));

        assertIsRefused(lost);
    }

    @Test
    void keyThatIsTakenAwayIsAskedForCredentials() {
        Response made = given().header("X-Api-Key", IdentityProfile.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "brief", "scopes", List.of("read")))
                .post("/api/keys");
        RawSocket lost = lose(come(Map.of("X-Api-Key", made.path("key")), fields()));

        given().header("X-Api-Key", IdentityProfile.ADMIN)
                .delete("/api/keys/{key}", made.<String>path("id"))
                .then()
                .statusCode(204);

        assertIsRefused(lost);
    }

    @Test
    void keyIsKeptToItsScopesWhenItIsBack() {
        RawSocket back = back(lose(come(Map.of("X-Api-Key", IdentityProfile.READER), fields())));

        assertThat(outcome(back, "send", red)).isEqualTo("forbidden");
        assertThat(outcome(back, "members", red)).isEqualTo("ok");
    }

    @Test
    void statusIsKept() {
        RawSocket lost = come(Map.of(), fields());
        lost.command("status", fields().put("status", "away").put("text", "at lunch"));
        lose(lost);

        back(lost);

        await().atMost(SOON).untilAsserted(() -> {
            Response members = given().get("/api/rooms/{room}/members", red);
            assertThat(members.<List<String>>path("items.status")).containsExactly("away");
            assertThat(members.<List<String>>path("items.statusText")).containsExactly("at lunch");
        });
    }

    private void assertIsOutOfRed(RawSocket lost, RawSocket back, String told) {
        assertThat(back.sid()).isEqualTo(lost.sid());
        await().atMost(SOON).until(() -> back.events(told).size() == 1);
        assertThat(back.events(told).get(0).path("room").asText()).isEqualTo(red);
        await().atMost(SOON).until(() -> back.seqs(blue).equals(List.of(1L)));
        assertThat(back.seqs(red)).isEmpty();
        assertThat(outcome(back, "send", red)).isEqualTo("not_a_member");
        assertThat(outcome(back, "send", blue)).isEqualTo("ok");
        given().get("/api/rooms/{room}/members", red).then().body("count", equalTo(0));
    }

    private void assertIsRefused(RawSocket lost) {
        RawSocket back = lost.comeBack(uri);
        sockets.add(back);

        assertThat(back.refusal().path("message").asText()).isEqualTo("unauthenticated");
    }

    /** In both rooms. */
    private RawSocket come(Map<String, String> headers, ObjectNode auth) {
        RawSocket socket = RawSocket.connect(uri, headers, auth);
        sockets.add(socket);
        socket.join(red);
        socket.join(blue);
        return socket;
    }

    /** Cuts the connection, and waits until what there is to keep is kept, and nobody is there any more. */
    private RawSocket lose(RawSocket socket) {
        String pid = socket.pid();
        String user = socket.user();
        socket.drop();
        await().atMost(SOON).until(() -> exists("recovery:" + pid) && !isIn(blue, user) && !isIn(red, user));
        return socket;
    }

    private RawSocket back(RawSocket lost) {
        RawSocket back = lost.comeBack(uri);
        sockets.add(back);
        assertThat(back.sid()).isEqualTo(lost.sid());
        return back;
    }

    private static boolean isIn(String room, String user) {
        return given().get("/api/rooms/{room}/members", room)
                .<List<String>>path("items.user.id")
                .contains(user);
    }

    private boolean exists(String key) {
        return commands.read(Request.cmd(Command.EXISTS).arg(key))
                        .await()
                        .atMost(SOON)
                        .toLong()
                == 1;
    }

    private Response kick(String user) {
        return call(Map.of("user", user)).post("/api/rooms/{room}/kicks", red);
    }

    private void say(String room) {
        call(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room)
                .then()
                .statusCode(201);
    }

    private static String session() {
        return given().contentType(ContentType.JSON)
                .post("/api/session")
                .header("Set-Cookie")
                .split(";")[0];
    }

    private static RequestSpecification call(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static String outcome(RawSocket socket, String command, String room) {
        JsonNode answer = socket.command(command, fields().put("room", room).put("text", "t"));
        return answer.path("ok").asBoolean()
                ? "ok"
                : answer.path("error").path("code").asText();
    }
}
