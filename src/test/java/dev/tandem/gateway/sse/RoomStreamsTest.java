package dev.tandem.gateway.sse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.gateway.FastBeatsProfile;
import dev.tandem.id.RoomId;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that who may read a room can follow it, comes back to where they were, and is let go for every reason there is. */
@QuarkusTest
@TestProfile(FastBeatsProfile.class)
class RoomStreamsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/")
    URI uri;

    @Inject
    RoomStreams streams;

    private final List<StreamReader> readers = new ArrayList<>();
    private final String room = RoomId.random().value();
    private Map<String, String> owner;

    @BeforeEach
    void createRoom() {
        owner = cookie();
        as(owner).body(Map.of("id", room)).post("/api/rooms").then().statusCode(201);
    }

    @AfterEach
    void closeReaders() {
        readers.forEach(StreamReader::close);
        await().atMost(SOON).until(() -> streams.size() == 0);
    }

    @Test
    void tellsMessagesWithIdsAndOtherEventsWithout() {
        StreamReader reader = open("", Map.of());

        post(2);
        as(owner).body(Map.of("topic", "t")).patch("/api/rooms/{room}", room);

        await().atMost(SOON).until(() -> reader.events("updated").size() == 1);
        assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        assertThat(reader.retry()).isEqualTo("2000");
        assertThat(reader.seqs()).containsExactly(1L, 2L);
        assertThat(reader.events("message").get(1).id()).isEqualTo(epoch() + ":2");
        assertThat(reader.events("message").get(1).data().path("text").asText()).isEqualTo("2");
        assertThat(reader.events("updated").get(0).id()).isNull();
    }

    @Test
    void readersAreNotPresent() {
        open("", Map.of());

        given().get("/api/rooms/{room}/members", room).then().body("count", equalTo(0));
        assertThat(streams.size()).isEqualTo(1);
    }

    @Test
    void beatsWhileNothingHappens() {
        StreamReader reader = open("", Map.of());

        await().atMost(SOON).until(() -> reader.comments() >= 3);
        assertThat(reader.events()).isEmpty();
    }

    @Test
    void comesBackToWhereItWas() {
        StreamReader first = open("", Map.of());
        post(3);
        await().atMost(SOON).until(() -> first.seqs().size() == 3);
        first.close();
        post(4);

        StreamReader second = open("", Map.of("Last-Event-ID", first.lastId()));
        post(2);

        await().atMost(SOON).until(() -> second.seqs().size() == 6);
        assertThat(second.seqs()).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(second.events("reset")).isEmpty();
    }

    @Test
    void comesBackToWhereItBeganIfItHeardNothing() {
        post(2);
        StreamReader first = open("", Map.of());
        await().atMost(SOON).until(() -> first.lastId() != null);
        first.close();
        post(1);

        StreamReader second = open("", Map.of("Last-Event-ID", first.lastId()));

        await().atMost(SOON).until(() -> second.seqs().equals(List.of(3L)));
    }

    @Test
    void missesNothingThatIsSaidWhileItComes() {
        List<StreamReader> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            post(1);
            all.add(open("?since=0", Map.of()));
        }
        post(1);

        List<Long> everything = LongStream.rangeClosed(1, 21).boxed().toList();
        for (StreamReader reader : all) {
            await().atMost(SOON).until(() -> reader.seqs().size() >= 21);
            assertThat(reader.seqs()).isEqualTo(everything);
        }
    }

    @ParameterizedTest
    @CsvSource({"otherpast:1", "otherpast:0", "999"})
    void isResetWhereItsPastIsNotToBeHad(String since) {
        post(3);

        StreamReader reader = open("?since=" + since, Map.of());
        await().atMost(SOON).until(() -> reader.events("reset").size() == 1);
        post(1);

        await().atMost(SOON).until(() -> reader.seqs().size() == 1);
        StreamReader.Event reset = reader.events("reset").get(0);
        assertThat(reset.id()).isEqualTo(epoch() + ":3");
        assertThat(reset.data().path("recovered").asBoolean(true)).isFalse();
        assertThat(reader.seqs()).containsExactly(4L);
    }

    @Test
    void endsWithTheRoom() throws Exception {
        StreamReader reader = open("", Map.of());

        as(owner).delete("/api/rooms/{room}", room).then().statusCode(204);

        reader.ended().get(10, TimeUnit.SECONDS);
        assertThat(reader.events("deleted")).hasSize(1);
    }

    @Test
    void endsForWhoIsBannedWhoDoesNotComeBack() throws Exception {
        Map<String, String> visitor = cookie();
        StreamReader other = open("", Map.of());
        StreamReader reader = open("", visitor);

        as(owner)
                .body(Map.of())
                .put("/api/rooms/{room}/bans/{user}", room, user(visitor))
                .then()
                .statusCode(200);

        reader.ended().get(10, TimeUnit.SECONDS);
        assertThat(reader.events("banned")).hasSize(1);
        post(1);
        await().atMost(SOON).until(() -> other.seqs().equals(List.of(1L)));
        assertThat(other.ended()).isNotDone();
        refused("", visitor).statusCode(403).body("code", equalTo("banned"));
    }

    @Test
    void endsWithTheSession() throws Exception {
        Map<String, String> visitor = cookie();
        StreamReader reader = open("", visitor);

        as(visitor).delete("/api/session").then().statusCode(204);

        reader.ended().get(10, TimeUnit.SECONDS);
    }

    @Test
    void hearsWhatIsForTheUserAloneAndEndsWhenPutOut() throws Exception {
        Map<String, String> visitor = cookie();
        StreamReader reader = open("", visitor);

        as(visitor).body(Map.of("name", "hey")).post("/api/users/{user}/events", user(visitor));
        await().atMost(SOON).until(() -> reader.events("direct").size() == 1);
        as(visitor).post("/api/users/{user}/disconnect", user(visitor)).then().statusCode(202);

        reader.ended().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoDoesNotReadIsCutOff() throws IOException {
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4_096);
            slow.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            OutputStream out = slow.getOutputStream();
            out.write(("GET /api/rooms/" + room + "/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> streams.size() == 1);
            Map<String, ?> much =
                    Map.of("rooms", Collections.nCopies(100, room), "text", "t", "data", "x".repeat(60_000));

            await().atMost(Duration.ofMinutes(1)).until(() -> {
                as(owner).body(much).post("/api/broadcast").then().statusCode(200);
                return streams.size() == 0;
            });
        }
    }

    @Test
    void isRefusedByTheRulesOfReading() {
        as(owner)
                .body(Map.of("locked", true))
                .patch("/api/rooms/{room}", room)
                .then()
                .statusCode(200);

        refused("", Map.of())
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("not_a_member"));
        refused("", Map.of("X-Api-Key", "tk_no_such")).statusCode(401);
        refused("", Map.of("X-Api-Key", IdentityProfile.PUBLISHER))
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        refused("?since=x", owner).statusCode(400).body("field", equalTo("since"));
        refused("", Map.of("Last-Event-ID", "a b")).statusCode(400).body("field", equalTo("Last-Event-ID"));
        given().get("/api/rooms/no-such-room/stream").then().statusCode(404).body("code", equalTo("room_not_found"));
        given().get("/api/rooms/not%20a%20room/stream").then().statusCode(400);
        assertThat(open("", owner).response().statusCode()).isEqualTo(200);
    }

    private ValidatableResponse refused(String query, Map<String, String> headers) {
        return given().headers(headers)
                .get("/api/rooms/" + room + "/stream" + query)
                .then();
    }

    private StreamReader open(String query, Map<String, String> headers) {
        StreamReader reader = StreamReader.open(uri.resolve("/api/rooms/" + room + "/stream" + query), headers);
        assertThat(reader.response().statusCode()).isEqualTo(200);
        readers.add(reader);
        return reader;
    }

    private void post(int count) {
        int before = given().get("/api/rooms/{room}", room).path("seq");
        for (int i = 1; i <= count; i++) {
            as(owner).body(Map.of("text", Integer.toString(before + i))).post("/api/rooms/{room}/messages", room);
        }
    }

    private String epoch() {
        return given().get("/api/rooms/{room}", room).path("epoch");
    }

    private static String user(Map<String, String> headers) {
        return given().headers(headers).get("/api/session").path("user.id");
    }

    private static Map<String, String> cookie() {
        Response session = as(Map.of()).post("/api/session");
        return Map.of("Cookie", session.header("Set-Cookie").split(";")[0]);
    }

    private static RequestSpecification as(Map<String, String> headers) {
        return given().headers(headers).contentType(ContentType.JSON);
    }
}
