package dev.tandem.jobs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomFeeds;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Verifies that the janitor removes rooms that have been empty for as long as they may be, and no others. */
@QuarkusTest
class RoomJanitorTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    Commands commands;

    @Inject
    RoomFeeds feeds;

    @Test
    void removesARoomThatWasEmptyLongEnough() {
        RoomId room = create(Map.of("emptyTtl", 2));
        post(room);

        await().atMost(SOON).until(() -> status(room) == 404);

        assertThat(listedAfter(room)).doesNotContain(room.value());
        assertThat(redis(Request.cmd(Command.EXISTS), RoomKeys.all(room))).isEqualTo("0");
        await().atMost(SOON)
                .until(() ->
                        redis(Request.cmd(Command.ZSCORE).arg(RoomKeys.EXPIRING).arg(room.value()), List.of()) == null);
    }

    @Test
    void keepsRoomsThatStay() {
        RoomId staying = create(Map.of());
        RoomId longer = create(Map.of("emptyTtl", 3600));
        RoomId going = create(Map.of("emptyTtl", 2));

        await().atMost(SOON).until(() -> status(going) == 404);

        assertThat(status(staying)).isEqualTo(200);
        assertThat(status(longer)).isEqualTo(200);
    }

    @Test
    void keepsARoomWithSomebodyInIt() {
        RoomId inhabited = create(Map.of("emptyTtl", 2));
        redis(
                Request.cmd(Command.HSET)
                        .arg(RoomKeys.users(inhabited))
                        .arg("ada")
                        .arg(1),
                List.of());
        RoomId empty = create(Map.of("emptyTtl", 2));

        await().atMost(SOON).until(() -> status(empty) == 404);

        assertThat(status(inhabited)).isEqualTo(200);
    }

    @Test
    void tellsThoseWhoListen() {
        RoomId room = create(Map.of("emptyTtl", 2));
        List<RoomEvent> heard = new CopyOnWriteArrayList<>();
        feeds.listen(room, heard::add).await().atMost(SOON);

        await().atMost(SOON).until(() -> !heard.isEmpty());

        assertThat(heard).containsExactly(new RoomEvent.Deleted("{\"room\":\"" + room + "\"}"));
    }

    private static RoomId create(Map<String, ?> room) {
        String id = given().contentType(ContentType.JSON)
                .body(room)
                .post("/api/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new RoomId(id);
    }

    private static void post(RoomId room) {
        given().contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room.value())
                .then()
                .statusCode(201);
    }

    private static int status(RoomId room) {
        return given().get("/api/rooms/{room}", room.value()).statusCode();
    }

    private static List<String> listedAfter(RoomId room) {
        String before = room.value().substring(0, 15);
        return given().queryParam("cursor", before)
                .queryParam("limit", 1000)
                .get("/api/rooms")
                .path("items.id");
    }

    private String redis(Request request, List<String> keys) {
        keys.forEach(request::arg);
        Object answer = commands.send(Commands.Effect.ONCE, request).await().atMost(SOON);
        return answer == null ? null : answer.toString();
    }
}
