package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.id.RandomText;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that a call that is repeated with its key is carried out once, and answered as the first time. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class RepeatsTest {
    @Inject
    Commands commands;

    @Test
    void repeatIsAnsweredAsTheFirstTime() {
        String room = Calls.newRoom();
        String key = key();

        Response first = post(key, room, "hi");
        Response second = post(key, room, "hi");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(first.header("Set-Cookie")).isNull();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(seq(room)).isEqualTo(1);
    }

    @Test
    void headersOfTheFirstAnswerAreGivenToo() {
        String id = RoomId.random().value();
        String key = key();
        Response first = with(key).body(Map.of("id", id)).post("/api/rooms");

        Response second = with(key).body(Map.of("id", id)).post("/api/rooms");

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Location"))
                .isEqualTo(first.header("Location"))
                .endsWith("/api/rooms/" + id);
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void answersWithoutBodyAndRefusalsAreKept() {
        String room = Calls.newRoom();
        String key = key();
        String other = key();

        assertThat(with(key).delete("/api/rooms/{room}", room).statusCode()).isEqualTo(204);
        assertThat(with(key).delete("/api/rooms/{room}", room).statusCode()).isEqualTo(204);
        assertThat(with(other).delete("/api/rooms/{room}", room).statusCode()).isEqualTo(404);
        Calls.createRoom(Map.of("id", room));
        Response repeated = with(other).delete("/api/rooms/{room}", room);
        repeated.then().statusCode(404).contentType("application/problem+json").body("code", equalTo("room_not_found"));
    }

    @Test
    void keyOfAnotherCallIsRefused() {
        String room = Calls.newRoom();
        String key = key();
        post(key, room, "one");

        post(key, room, "two").then().statusCode(422).body("code", equalTo("idempotency_conflict"));
        with(key)
                .header("X-Api-Key", IdentityProfile.PUBLISHER)
                .header("X-Tandem-User", "grace")
                .delete("/api/rooms/{room}", room)
                .then()
                .statusCode(422);
        assertThat(seq(room)).isEqualTo(1);
    }

    @Test
    void keysOfDifferentCallersHaveNothingToDoWithEachOther() {
        String room = Calls.newRoom();
        String key = key();

        post(key, room, "hi");
        Response other = given().header("Idempotency-Key", key)
                .header("X-Api-Key", IdentityProfile.PUBLISHER)
                .header("X-Tandem-User", "ada")
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room);

        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(other.header("Idempotency-Replayed")).isNull();
        assertThat(seq(room)).isEqualTo(2);
    }

    @Test
    void callsSideBySideAreCarriedOutOnce() {
        String room = Calls.newRoom();
        String key = key();

        List<CompletableFuture<Response>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.supplyAsync(() -> post(key, room, "hi")));
        }
        List<Integer> statuses =
                all.stream().map(each -> each.join().statusCode()).toList();

        assertThat(statuses).isSubsetOf(201, 409).contains(201);
        assertThat(seq(room)).isEqualTo(1);
    }

    @Test
    void callUnderWayIsSaidToBe() {
        String room = Calls.newRoom();
        String key = key();
        String entry = "idempotency:" + Prints.of("key publisher user key-publisher", key);
        post(key, room, "hi", IdentityProfile.PUBLISHER);
        send(Request.cmd(Command.HDEL).arg(entry).arg("answer"));

        Response busy = post(key, room, "hi", IdentityProfile.PUBLISHER);

        busy.then().statusCode(409).body("code", equalTo("in_progress")).header("Retry-After", "1");
    }

    @Test
    void answerGoesAfterADay() {
        String key = key();
        post(key, Calls.newRoom(), "hi", IdentityProfile.PUBLISHER);
        String entry = "idempotency:" + Prints.of("key publisher user key-publisher", key);

        long left = commands.read(Request.cmd(Command.TTL).arg(entry))
                .await()
                .atMost(Duration.ofSeconds(5))
                .toLong();

        assertThat(left).isBetween(86_300L, 86_400L);
    }

    @Test
    void whoIsNotKnownIsNotRemembered() {
        String key = key();
        Response first = with(key).body(Map.of("name", "x")).patch("/api/session");
        first.then().statusCode(401);

        Response second = with(key).body(Map.of("name", "x")).patch("/api/session");

        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.header("Idempotency-Replayed")).isNull();
        with(key())
                .header("X-Api-Key", "tk_wrong_key")
                .post("/api/rooms")
                .then()
                .statusCode(401);
    }

    @Test
    void whatFailedHereIsCarriedOutAnew() {
        String room = RoomId.random().value();
        String key = key();
        send(Request.cmd(Command.SET).arg("room:{" + room + "}:details").arg("no room at all"));
        Response failed = post(key, room, "hi");
        send(Request.cmd(Command.DEL).arg("room:{" + room + "}:details"));
        Calls.createRoom(Map.of("id", room)).statusCode(201);

        Response second = post(key, room, "hi");
        Response third = post(key, room, "hi");

        failed.then().statusCode(500).body("code", equalTo("internal"));
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isNull();
        assertThat(third.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(third.asString()).isEqualTo(second.asString());
        assertThat(seq(room)).isEqualTo(1);
    }

    @Test
    void longBodyIsNotKeptButTheAnswerIs() {
        String room = Calls.newRoom();
        String key = key();
        Map<String, ?> message = Map.of("text", "t", "data", "x".repeat(65_000));
        with(key).body(message).post("/api/rooms/{room}/messages", room).then().statusCode(201);
        Map<String, ?> larger = Map.of("text", "t", "data", "x".repeat(65_500));
        String otherKey = key();
        with(otherKey)
                .body(larger)
                .post("/api/rooms/{room}/messages", room)
                .then()
                .statusCode(201);

        Response fits = with(key).body(message).post("/api/rooms/{room}/messages", room);
        Response tooLong = with(otherKey).body(larger).post("/api/rooms/{room}/messages", room);

        assertThat(fits.header("Idempotency-Body")).isNull();
        assertThat(fits.<Integer>path("seq")).isEqualTo(1);
        assertThat(tooLong.statusCode()).isEqualTo(201);
        assertThat(tooLong.header("Idempotency-Body")).isEqualTo("omitted");
        assertThat(tooLong.asString()).isEmpty();
        assertThat(seq(room)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00e4"})
    void keysAreChecked(String key) {
        with(key).body(Map.of()).post("/api/rooms").then().statusCode(400).body("field", equalTo("Idempotency-Key"));
        with("x".repeat(201)).body(Map.of()).post("/api/rooms").then().statusCode(400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        with(key())
                .body("{\"name\":\"" + "x".repeat(2_100_000) + "\"}")
                .post("/api/rooms")
                .then()
                .statusCode(413);
    }

    @Test
    void readingIsNotAffected() {
        String room = Calls.newRoom();
        String key = key();

        assertThat(with(key).get("/api/rooms/{room}", room).statusCode()).isEqualTo(200);
        assertThat(with(key).get("/api/rooms/{room}/messages", room).header("Idempotency-Replayed"))
                .isNull();
    }

    @Test
    void batchIsRepeatedAsAWhole() {
        String room = Calls.newRoom();
        String key = key();
        Map<String, ?> batch = Map.of(
                "requests",
                List.of(Map.of(
                        "method", "POST", "path", "/api/rooms/" + room + "/messages", "body", Map.of("text", "a"))));

        Response first = with(key).body(batch).post("/api/batch");
        Response second = with(key).body(batch).post("/api/batch");

        assertThat(first.<List<Integer>>path("responses.status")).containsExactly(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(seq(room)).isEqualTo(1);
    }

    private void send(Request request) {
        commands.send(Commands.Effect.ONCE, request).await().atMost(Duration.ofSeconds(5));
    }

    private static Response post(String key, String room, String text) {
        return with(key)
                .header("X-Api-Key", IdentityProfile.PUBLISHER)
                .header("X-Tandem-User", "grace")
                .body(Map.of("text", text))
                .post("/api/rooms/{room}/messages", room);
    }

    private static Response post(String key, String room, String text, String apiKey) {
        return with(key)
                .header("X-Api-Key", apiKey)
                .body(Map.of("text", text))
                .post("/api/rooms/{room}/messages", room);
    }

    private static RequestSpecification with(String key) {
        return given().header("Idempotency-Key", key).contentType(ContentType.JSON);
    }

    private static int seq(String room) {
        return given().get("/api/rooms/{room}", room).path("seq");
    }

    private static String key() {
        return RandomText.letters(20);
    }
}
