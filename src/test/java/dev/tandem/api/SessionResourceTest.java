package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.redis.Commands;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that a session begins, is used, renamed and ended, and that nobody chooses their own. */
@QuarkusTest
class SessionResourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Commands commands;

    @Test
    void startsASessionOfANamedGuest() {
        Response started = start("{\"name\":\" Ada \"}");

        started.then().statusCode(201).body("user.name", equalTo("Ada")).body("kind", equalTo("session"));
        given().cookie(started.detailedCookie("connect.sid"))
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("user.id", equalTo(started.path("user.id")))
                .body("user.name", equalTo("Ada"));
    }

    @Test
    void startsASessionWithoutABody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/api/session"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<Void> started = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(started.statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"  \"", "\"a\\nb\"", "\"\\u202eadA\"", "7"})
    void refusesNamesThatCannotBeShown(String name) {
        Response refused = start("{\"name\":" + name + "}");

        refused.then().statusCode(400).body("code", equalTo("invalid_field")).body("field", equalTo("name"));
        assertThat(refused.header("Set-Cookie")).isNull();
    }

    @Test
    void doesNotBelieveAClientThatItCameOverHttps() {
        Response started = given().header("X-Forwarded-Proto", "https")
                .contentType(ContentType.JSON)
                .post("/api/session");

        assertThat(started.header("Set-Cookie")).doesNotContain("Secure");
    }

    @Test
    void keepsASessionThatIsThere() {
        Response started = start("{}");

        Response again = given().cookie(started.detailedCookie("connect.sid"))
                .contentType(ContentType.JSON)
                .post("/api/session");

        again.then().statusCode(200).body("user.id", equalTo(started.path("user.id")));
        assertThat(again.header("Set-Cookie")).isNull();
    }

    @Test
    void knowsNobodyWithoutASession() {
        Response asked = given().get("/api/session");

        asked.then().statusCode(401).body("code", equalTo("unauthenticated"));
        assertThat(asked.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void renamesAGuestAndKeepsWhatOtherApplicationsStored() throws Exception {
        Cookie cookie = start("{}").detailedCookie("connect.sid");
        String key = key(cookie);
        ObjectNode stored = (ObjectNode) JSON.readTree(redis(Command.GET, key));
        stored.putObject("passport")
                .put("user", "7")
                .put("big", 12345678901234567L)
                .putArray("empty");
        stored.put("ratio", 1.10);
        redis(Command.SET, key, stored.toString(), "EX", "1000");

        given().cookie(cookie)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Grace\"}")
                .patch("/api/session")
                .then()
                .statusCode(200)
                .body("user.name", equalTo("Grace"));

        JsonNode renamed = JSON.readTree(redis(Command.GET, key));
        ((ObjectNode) stored.path("user")).put("name", "Grace");
        assertThat(renamed).isEqualTo(stored);
        given().cookie(cookie).get("/api/session").then().body("user.name", equalTo("Grace"));
    }

    @Test
    void useRenewsASessionAndLeavesItAsItIs() {
        Cookie cookie = start("{}").detailedCookie("connect.sid");
        String key = key(cookie);
        String stored = redis(Command.GET, key).replaceFirst("\\{", "{\"foreign\": [1,  2.50],");
        redis(Command.SET, key, stored, "EX", "100");

        given().cookie(cookie).get("/api/session").then().statusCode(200);

        assertThat(redis(Command.GET, key)).isEqualTo(stored);
        assertThat(Long.parseLong(redis(Command.TTL, key))).isGreaterThan(1_000_000);
    }

    @Test
    void adoptsNoSessionThatItDidNotMake() {
        Cookie unsigned = new Cookie.Builder("connect.sid", "s%3Amine.AAAA").build();
        redis(Command.SET, "s:mine", "{\"cookie\":{},\"user\":{\"id\":\"ada\",\"name\":\"Ada\"}}", "EX", "100");

        given().cookie(unsigned).get("/api/session").then().statusCode(401);
        Response started =
                given().cookie(unsigned).contentType(ContentType.JSON).post("/api/session");

        started.then().statusCode(201);
        assertThat(started.cookie("connect.sid")).doesNotContain("mine");
    }

    @Test
    void givesANewSidForOneThatIsGone() {
        Response started = start("{}");
        Cookie old = started.detailedCookie("connect.sid");
        redis(Command.DEL, key(old));

        Response again = given().cookie(old).contentType(ContentType.JSON).post("/api/session");

        again.then().statusCode(201);
        assertThat(again.cookie("connect.sid")).isNotEqualTo(old.getValue());
        assertThat(again.<String>path("user.id")).isNotEqualTo(started.path("user.id"));
    }

    @Test
    void endsASessionAndItsSockets() {
        Cookie cookie = start("{}").detailedCookie("connect.sid");
        Map<String, String> header = Map.of("Cookie", "connect.sid=" + cookie.getValue());
        try (PlainPeer plain = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), header);
                PlainPeer stranger = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"));
                SocketIoPeer socketIo = SocketIoPeer.connect(uri, Map.of(), header)) {
            Response ended = given().cookie(cookie).delete("/api/session");

            ended.then().statusCode(204);
            assertThat(ended.detailedCookie("connect.sid").getMaxAge()).isZero();
            assertThat(plain.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4401);
            assertThat(socketIo.disconnected().orTimeout(10, TimeUnit.SECONDS).join())
                    .isNotNull();
            Peer.await(stranger.command("rooms", Peer.fields()));
            assertThat(stranger.closed()).isNotDone();
        }
        given().cookie(cookie).get("/api/session").then().statusCode(401);
        assertThat(redis(Command.EXISTS, key(cookie))).isEqualTo("0");
    }

    @Test
    void asksRedisSeldomForWhoCallsOften() {
        Cookie cookie = start("{}").detailedCookie("connect.sid");
        long before = sessionsRead();

        for (int call = 0; call < 50; call++) {
            given().cookie(cookie).get("/api/session").then().statusCode(200);
        }

        assertThat(sessionsRead() - before).isBetween(1L, 25L);
    }

    @Test
    void hearsBeforeLongThatAnotherApplicationEndedASession() {
        Cookie cookie = start("{}").detailedCookie("connect.sid");
        given().cookie(cookie).get("/api/session").then().statusCode(200);

        redis(Command.DEL, key(cookie));

        await().atMost(PATIENCE)
                .until(() -> given().cookie(cookie).get("/api/session").statusCode() == 401);
    }

    @Test
    void endsNothingWhereThereIsNoSession() {
        given().delete("/api/session").then().statusCode(204);
    }

    @Test
    void showsUsersAndLetsThemChangeThemselvesAlone() {
        Response ada = start("{\"name\":\"Ada\"}");
        Response eve = start("{\"name\":\"Eve\"}");
        String path = "/api/users/" + ada.path("user.id");
        String change = "{\"name\":\"Countess\",\"metadata\":{\"colour\":\"red\"}}";

        given().contentType(ContentType.JSON).body(change).patch(path).then().statusCode(401);
        given().cookie(eve.detailedCookie("connect.sid"))
                .contentType(ContentType.JSON)
                .body(change)
                .patch(path)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        given().cookie(ada.detailedCookie("connect.sid"))
                .contentType(ContentType.JSON)
                .body(change)
                .patch(path)
                .then()
                .statusCode(200);

        given().get(path)
                .then()
                .statusCode(200)
                .body("name", equalTo("Countess"))
                .body("metadata.colour", equalTo("red"));
        given().cookie(ada.detailedCookie("connect.sid"))
                .get("/api/session")
                .then()
                .body("user.name", equalTo("Countess"));
    }

    @Test
    void forgetsAUserWhoseCookieIsThenNotGoodAnyMore() {
        Response ada = start("{\"name\":\"Ada\"}");
        Cookie cookie = ada.detailedCookie("connect.sid");
        String path = "/api/users/" + ada.path("user.id");
        Map<String, String> header = Map.of("Cookie", "connect.sid=" + cookie.getValue());
        try (PlainPeer plain = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), header)) {
            given().cookie(cookie).delete(path).then().statusCode(204);

            assertThat(plain.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4401);
        }
        given().get(path).then().statusCode(404).body("code", equalTo("user_not_found"));
        given().cookie(cookie).get("/api/session").then().statusCode(401);
    }

    @Test
    void refusesMetadataThatIsNoObjectOrTooLarge() {
        Response ada = start("{}");
        String path = "/api/users/" + ada.path("user.id");

        given().cookie(ada.detailedCookie("connect.sid"))
                .contentType(ContentType.JSON)
                .body("{\"metadata\":[1]}")
                .patch(path)
                .then()
                .statusCode(400)
                .body("field", equalTo("metadata"));
        given().cookie(ada.detailedCookie("connect.sid"))
                .contentType(ContentType.JSON)
                .body(Map.of("metadata", Map.of("x", "x".repeat(9_000))))
                .patch(path)
                .then()
                .statusCode(413);
    }

    @Test
    void remembersThoseWhoCome() {
        try (PlainPeer guest = PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"))) {
            await().until(() -> !guest.events("welcome").isEmpty());
            JsonNode user = guest.events("welcome").get(0).path("user");

            given().get("/api/users/" + user.path("id").asText())
                    .then()
                    .statusCode(200)
                    .body("name", equalTo(user.path("name").asText()));
        }
    }

    private static Response start(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/session");
    }

    private static String key(Cookie cookie) {
        String value = URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8);
        return value.substring(0, value.lastIndexOf('.'));
    }

    /** How often any session was asked for so far. */
    private long sessionsRead() {
        Matcher calls = Pattern.compile("cmdstat_getex:calls=(\\d+)").matcher(redis(Command.INFO, "commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    private String redis(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return String.valueOf(
                commands.send(Commands.Effect.ONCE, request).await().atMost(PATIENCE));
    }
}
