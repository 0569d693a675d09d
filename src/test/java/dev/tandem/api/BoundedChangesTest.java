package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.event.RoomKeys;
import dev.tandem.gateway.SmallNumbersProfile;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies the bounds of what is kept of changes, reactions and markers. */
@QuarkusTest
@TestProfile(SmallNumbersProfile.class)
class BoundedChangesTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Commands commands;

    @Test
    void reactionsAndChangesGoWithTheirMessages() {
        String room = Calls.newRoom();
        for (int i = 1; i <= 12; i++) {
            Calls.post(room, Map.of("text", "a"));
            react(room, i, "+1").then().statusCode(200);
            if (i % 2 == 0) {
                delete(room, i - 1);
            }
        }
        for (int i = 10; i <= 12; i++) {
            delete(room, i);
        }
        Calls.post(room, Map.of("text", "a"));
        react(room, 13, "+1").then().statusCode(200);

        assertThat(count(RoomKeys.reactions(new RoomId(room)))).isOne();
        assertThat(count(RoomKeys.reactors(new RoomId(room)))).isOne();
        assertThat(count(RoomKeys.changes(new RoomId(room)))).isLessThanOrEqualTo(6);
        when().get("/api/rooms/{room}/changes", room)
                .then()
                .body("items.seq", contains(11, 12))
                .body("changes", equalTo(8))
                .body("complete", equalTo(true));
    }

    @Test
    void messageHasAsManyReactionsAsItMay() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("text", "a"));
        react(room, 1, "+1");
        react(room, 1, "+1").then().statusCode(200).body("count", equalTo(2));

        react(room, 1, "+1").then().statusCode(409).body("code", equalTo("limit_reached"));
    }

    @Test
    void messageIsTooOldAfterAWhile() {
        String room = Calls.newRoom();
        String cookie =
                Calls.post(room, Map.of("text", "a")).header("Set-Cookie").split(";")[0];

        await().atMost(SOON).until(() -> edit(cookie, room).statusCode() == 409);

        edit(cookie, room).then().body("code", equalTo("too_old"));
    }

    @Test
    void roomThatWasReadLongestAgoIsForgotten() {
        List<String> rooms = List.of(Calls.newRoom(), Calls.newRoom(), Calls.newRoom());
        rooms.forEach(room -> Calls.post(room, Map.of("text", "a")));
        String cookie = Calls.post(rooms.get(0), Map.of("text", "b"))
                .header("Set-Cookie")
                .split(";")[0];

        rooms.forEach(room -> read(cookie, room));

        List<String> read = given().header("Cookie", cookie).get("/api/unread").path("items.room");
        assertThat(read).containsExactlyInAnyOrder(rooms.get(1), rooms.get(2));
    }

    private static void read(String cookie, String room) {
        given().header("Cookie", cookie)
                .contentType(ContentType.JSON)
                .body(Map.of("seq", 1))
                .post("/api/rooms/{room}/read", room)
                .then()
                .statusCode(200);
    }

    private static Response edit(String cookie, String room) {
        return given().header("Cookie", cookie)
                .contentType(ContentType.JSON)
                .body(Map.of("text", Integer.toHexString((int) System.nanoTime())))
                .patch("/api/rooms/{room}/messages/1", room);
    }

    private static Response react(String room, int seq, String emoji) {
        return given().put("/api/rooms/{room}/messages/{seq}/reactions/{emoji}", room, seq, emoji);
    }

    private static void delete(String room, int seq) {
        given().delete("/api/rooms/{room}/messages/{seq}", room, seq).then().statusCode(204);
    }

    private long count(String key) {
        return commands.read(Request.cmd(Command.ZCARD).arg(key))
                .await()
                .atMost(SOON)
                .toLong();
    }
}
