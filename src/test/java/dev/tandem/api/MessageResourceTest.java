package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.id.MessageId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that messages can be posted over HTTP, once each, and that a room's history is read in order. */
@QuarkusTest
class MessageResourceTest {
    private static String roomWithSevenMessages;

    @Test
    void postsAMessage() {
        String room = Calls.newRoom();

        Response posted = Calls.post(room, Map.of("id", "m-1", "text", "Hello", "data", Map.of("a", List.of(1, "b"))));

        posted.then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .body("room", equalTo(room))
                .body("seq", equalTo(1))
                .body("id", equalTo("m-1"))
                .body("author.id", notNullValue())
                .body("author.name", notNullValue())
                .body("text", equalTo("Hello"))
                .body("data", equalTo(Map.of("a", List.of(1, "b"))));
        assertThat(Duration.between(Instant.parse(posted.path("at")), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void leavesOutDataThatWasNotGiven() {
        Response posted = Calls.post(Calls.newRoom(), Map.of("text", "Hello"));

        assertThat(posted.jsonPath().getMap("").keySet())
                .isEqualTo(Set.of("room", "seq", "id", "author", "text", "at"));
    }

    @Test
    void leavesOutDataThatIsNull() {
        Response posted = given().contentType(ContentType.JSON)
                .body("{\"text\":\"Hello\",\"data\":null}")
                .post("/api/rooms/{room}/messages", Calls.newRoom());

        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(posted.jsonPath().getMap("")).doesNotContainKey("data");
    }

    @Test
    void givesAMessageThatHasNoneAnId() {
        String id = Calls.post(Calls.newRoom(), Map.of("text", "Hello")).path("id");

        assertThat(new MessageId(id)).hasToString(id);
    }

    @Test
    void numbersMessagesFromOneWithoutHoles() {
        String room = Calls.newRoom();

        List<Integer> numbers = IntStream.range(0, 3)
                .mapToObj(i -> Calls.post(room, Map.of("text", "t")).<Integer>path("seq"))
                .toList();

        assertThat(numbers).containsExactly(1, 2, 3);
    }

    @Test
    void numbersEachRoomForItself() {
        Calls.postMany(Calls.newRoom(), 2);

        Response posted = Calls.post(Calls.newRoom(), Map.of("text", "first here"));

        posted.then().body("seq", equalTo(1));
    }

    @Test
    void answersARepeatWithTheFirstMessage() {
        String room = Calls.newRoom();
        Response first = Calls.post(room, Map.of("id", "m-1", "text", "first"));
        Calls.post(room, Map.of("text", "between"));

        Response repeat = Calls.post(room, Map.of("id", "m-1", "text", "second"));

        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.asString()).isEqualTo(first.asString());
        when().get("/api/rooms/{room}/messages", room).then().body("items.text", contains("first", "between"));
    }

    @Test
    void takesTheSameIdInAnotherRoom() {
        Calls.post(Calls.newRoom(), Map.of("id", "m-1", "text", "here"));

        Response posted = Calls.post(Calls.newRoom(), Map.of("id", "m-1", "text", "there"));

        posted.then().statusCode(201).body("text", equalTo("there"));
    }

    @Test
    void mintsAnAuthorAndRemembersTheAuthorByTheCookie() {
        String room = Calls.newRoom();
        Response first = Calls.post(room, Map.of("text", "first"));
        Cookie cookie = first.detailedCookie("connect.sid");

        Response second = given().cookie(cookie)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "second"))
                .post("/api/rooms/{room}/messages", room);

        assertThat(second.<Map<String, String>>path("author")).isEqualTo(first.path("author"));
        assertThat(second.detailedCookie("connect.sid")).isNull();
    }

    @Test
    void hidesTheCookieFromScripts() {
        Cookie cookie = Calls.post(Calls.newRoom(), Map.of("text", "hi")).detailedCookie("connect.sid");

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofDays(14).toSeconds());
    }

    @Test
    void takesCallersWithoutCookieForDifferentUsers() {
        String room = Calls.newRoom();
        String first = Calls.post(room, Map.of("text", "first")).path("author.id");

        Response second = Calls.post(room, Map.of("text", "second"));

        second.then().body("author.id", not(equalTo(first)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s%3Aforged.AAAA", "s%3A", "nonsense", "%zz"})
    void takesACallerWithAForgedCookieForANewUser(String value) {
        Response posted = given().header("Cookie", "connect.sid=" + value)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", Calls.newRoom());

        posted.then().statusCode(201);
        assertThat(posted.detailedCookie("connect.sid")).isNotNull();
    }

    @Test
    void doesNotLetTheCallerChooseTheAuthor() {
        Map<String, String> eve = Map.of("id", "eve", "name", "Eve");

        Response posted = Calls.post(Calls.newRoom(), Map.of("text", "hi", "author", eve));

        posted.then().statusCode(201).body("author", not(equalTo(eve)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "line\nbreak\ttab",
                "quote \" backslash \\ slash /",
                "\u0000\u001f",
                "\u202eright to left",
                "\u00e9\u4e2d\ud83d\ude00",
                "<script>alert(1)</script>",
                "{\"seq\":99}",
                "','}|:",
                "%s %d {0} ${x}"
            })
    void keepsTextsAsTheyWere(String text) {
        String room = Calls.newRoom();

        Calls.post(room, Map.of("text", text)).then().statusCode(201).body("text", equalTo(text));

        when().get("/api/rooms/{room}/messages", room).then().body("items.text", contains(text));
    }

    @Test
    void takesATextOfTheGreatestLength() {
        String text = "x".repeat(4_000);

        Response posted = Calls.post(Calls.newRoom(), Map.of("text", text));

        posted.then().statusCode(201).body("text", equalTo(text));
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        String text = "\ud83d\ude00".repeat(4_000);

        Response posted = Calls.post(Calls.newRoom(), Map.of("text", text));

        posted.then().statusCode(201).body("text", equalTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\ud83d\ude00"})
    void refusesATextThatIsOneCharacterTooLong(String character) {
        String room = Calls.newRoom();

        Response refused = Calls.post(room, Map.of("text", character.repeat(4_001)));

        refused.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("text_too_long"))
                .body("field", equalTo("text"));
        when().get("/api/rooms/{room}", room).then().body("seq", equalTo(0));
    }

    @Test
    void refusesDataThatIsTooLarge() {
        Response refused = Calls.post(Calls.newRoom(), Map.of("text", "hi", "data", "x".repeat(64 * 1024)));

        refused.then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("payload_too_large"))
                .body("field", equalTo("data"));
    }

    @Test
    void postsNothingIntoARoomThatIsNotThere() {
        Response refused = Calls.post("no-such-room", Map.of("text", "hi"));

        refused.then().statusCode(404).body("code", equalTo("room_not_found"));
    }

    @Test
    void showsAnEmptyHistory() {
        String room = Calls.newRoom();
        String epoch = when().get("/api/rooms/{room}", room).path("epoch");

        ValidatableResponse history =
                when().get("/api/rooms/{room}/messages", room).then();

        history.statusCode(200)
                .contentType(ContentType.JSON)
                .body("items", empty())
                .body("seq", equalTo(0))
                .body("epoch", equalTo(epoch));
    }

    @Test
    void showsMessagesAsTheyWereAnswered() throws Exception {
        String room = Calls.newRoom();
        String posted = Calls.post(room, Map.of("text", "hi", "data", List.of(1.5, false)))
                .asString();

        String history = when().get("/api/rooms/{room}/messages", room).asString();

        JsonNode items = new ObjectMapper().readTree(history).path("items");
        assertThat(items).containsExactly(new ObjectMapper().readTree(posted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "limit=50;                     1,2,3,4,5,6,7",
                "limit=3;                      5,6,7",
                "limit=1;                      7",
                "limit=1000;                   1,2,3,4,5,6,7",
                "after=0;                      1,2,3,4,5,6,7",
                "after=5;                      6,7",
                "after=0&limit=2;              1,2",
                "after=2&limit=3;              3,4,5",
                "after=7;                      ''",
                "after=8;                      ''",
                "after=9223372036854775807;    ''",
                "after=4294967296;             ''",
                "before=4;                     1,2,3",
                "before=6&limit=2;             4,5",
                "before=8&limit=2;             6,7",
                "before=9223372036854775807&limit=2; 6,7",
                "before=1;                     ''",
                "before=0;                     ''"
            })
    void readsTheHistoryAscending(String query, String numbers) {
        String room = roomWithSevenMessages();

        ValidatableResponse history =
                when().get("/api/rooms/" + room + "/messages?" + query).then();

        List<Integer> read =
                history.statusCode(200).body("seq", equalTo(7)).extract().path("items.seq");
        assertThat(String.join(",", read.stream().map(String::valueOf).toList()))
                .isEqualTo(numbers);
    }

    @Test
    void readsTheNewestFiftyIfNotToldOtherwise() {
        String room = Calls.newRoom();
        Calls.postMany(room, 51);

        ValidatableResponse history =
                when().get("/api/rooms/{room}/messages", room).then();

        history.body("items", hasSize(50)).body("items[0].seq", equalTo(2)).body("items[49].seq", equalTo(51));
    }

    /** Only read, so made once. */
    private static String roomWithSevenMessages() {
        if (roomWithSevenMessages == null) {
            String room = Calls.newRoom();
            Calls.postMany(room, 7);
            roomWithSevenMessages = room;
        }
        return roomWithSevenMessages;
    }
}
