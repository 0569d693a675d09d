package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.tandem.redis.Commands;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that a message is read, changed, removed and reacted to over HTTP, and that the history says what is so now. */
@QuarkusTest
class OneMessageResourceTest {
    @Inject
    Commands commands;

    @Test
    void saysWhatItAnswersAndWhomItMentions() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("text", "a"));

        Response reply = Calls.post(room, Map.of("text", "b", "replyTo", 1, "mentions", List.of("ada", "bob")));

        assertThat(reply.jsonPath().getMap("").keySet())
                .isEqualTo(Set.of("room", "seq", "id", "author", "text", "replyTo", "mentions", "at"));
        reply.then().body("replyTo", equalTo(1)).body("mentions", contains("ada", "bob"));
        when().get("/api/rooms/{room}/messages/2", room).then().body("", equalTo(reply.path("")));
    }

    @Test
    void historySaysWhatMessagesSayNow() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("text", "a", "id", "m-1"));
        Response second = Calls.post(room, Map.of("text", "b", "id", "m-2", "data", Map.of("n", 1.5)));
        String cookie = second.header("Set-Cookie").split(";")[0];

        Response edited = edit(cookie, room, 2, Map.of("text", "c"));
        given().delete("/api/rooms/{room}/messages/1", room).then().statusCode(204);

        edited.then()
                .statusCode(200)
                .body("text", equalTo("c"))
                .body("id", equalTo("m-2"))
                .body("at", equalTo(second.path("at")))
                .body("data.n", equalTo(1.5f));
        when().get("/api/rooms/{room}/messages", room)
                .then()
                .body("items.seq", contains(1, 2))
                .body("items[0].deleted", equalTo(true))
                .body("items[0]", not(hasKey("text")))
                .body("items[1]", equalTo(edited.path("")));
        when().get("/api/rooms/{room}/changes?since=1", room)
                .then()
                .body("items.seq", contains(1))
                .body("changes", equalTo(2))
                .body("complete", equalTo(true));
        Calls.post(room, Map.of("text", "again", "id", "m-1"))
                .then()
                .statusCode(200)
                .body("seq", equalTo(1));
    }

    @Test
    void whoShowsNothingEditsNothing() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("text", "a"));

        given().contentType(ContentType.JSON)
                .body(Map.of("text", "b"))
                .patch("/api/rooms/{room}/messages/1", room)
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void messageThatIsNotThereIsAProblem() {
        when().get("/api/rooms/{room}/messages/1", Calls.newRoom())
                .then()
                .statusCode(404)
                .body("code", equalTo("message_not_found"));
        when().get("/api/rooms/{room}/messages/x", Calls.newRoom())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_field"));
    }

    @ParameterizedTest
    @CsvSource({"5, 4, 3|4|5|6", "5, 1, 5", "1, 4, 1|2", "9, 4, 7|8|9", "20, 2, 9", "0, 4, 1|2"})
    void readsAroundAMessage(int around, int limit, String seqs) {
        String room = Calls.newRoom();
        Calls.postMany(room, 9);

        List<Integer> found = when().get(
                        "/api/rooms/{room}/messages?around={around}&limit={limit}", room, around, limit)
                .path("items.seq");

        assertThat(found).extracting(String::valueOf).containsExactly(seqs.split("\\|"));
    }

    @Test
    void readsEitherAroundOrAfter() {
        when().get("/api/rooms/{room}/messages?around=1&after=1", Calls.newRoom())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_field"));
    }

    @Test
    void historyHasReactionsWhereTheyAreAskedFor() {
        String room = Calls.newRoom();
        Calls.postMany(room, 3);
        Response first = given().put("/api/rooms/{room}/messages/2/reactions/{emoji}", room, "\u2764\ufe0f");
        given().put("/api/rooms/{room}/messages/2/reactions/{emoji}", room, "\u2764\ufe0f");
        String cookie = first.header("Set-Cookie").split(";")[0];

        first.then().statusCode(200).body("count", equalTo(1)).body("mine", equalTo(true));
        given().header("Cookie", cookie)
                .get("/api/rooms/{room}/messages?reactions=true", room)
                .then()
                .body("items.seq", contains(1, 2, 3))
                .body("items[0].reactions", empty())
                .body("items[1].reactions.emoji", contains("\u2764\ufe0f"))
                .body("items[1].reactions[0].count", equalTo(2))
                .body("items[1].reactions[0].mine", equalTo(true));
        when().get("/api/rooms/{room}/messages?reactions=true", room)
                .then()
                .body("items[1].reactions[0].mine", equalTo(false));
        when().get("/api/rooms/{room}/messages", room).then().body("items[1]", not(hasKey("reactions")));
    }

    @Test
    void markersAreOfThoseWhoSayWhoTheyAreAndGoWithThem() {
        String room = Calls.newRoom();
        Response posted = Calls.post(room, Map.of("text", "a"));
        String cookie = posted.header("Set-Cookie").split(";")[0];
        given().header("Cookie", cookie)
                .contentType(ContentType.JSON)
                .body(Map.of("seq", 1))
                .post("/api/rooms/{room}/read", room)
                .then()
                .statusCode(200)
                .body("seq", equalTo(1));

        given().header("Cookie", cookie).get("/api/unread").then().body("items.room", hasItem(room));
        when().get("/api/unread").then().statusCode(401).body("code", equalTo("unauthenticated"));
        String key = "user:{" + posted.path("author.id") + "}:read";
        assertThat(exists(key)).isTrue();

        given().header("Cookie", cookie)
                .delete("/api/users/{user}", posted.<String>path("author.id"))
                .then()
                .statusCode(204);

        assertThat(exists(key)).isFalse();
    }

    private boolean exists(String key) {
        Request exists = Request.cmd(Command.EXISTS).arg(key);
        return commands.read(exists).await().atMost(Duration.ofSeconds(10)).toLong() == 1;
    }

    private static Response edit(String cookie, String room, int seq, Map<String, ?> edit) {
        return given().header("Cookie", cookie)
                .contentType(ContentType.JSON)
                .body(edit)
                .patch("/api/rooms/{room}/messages/{seq}", room, seq);
    }
}
