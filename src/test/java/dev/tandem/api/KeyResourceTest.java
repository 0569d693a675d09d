package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.tandem.node.PlainPeer;
import dev.tandem.session.IdentityProfile;
import dev.tandem.session.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies that API keys are made, used within their scopes, and taken away. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class KeyResourceTest {

    @TestHTTPResource("/ws")
    URI uri;

    @Test
    void makesAKeyThatIsShownOnce() {
        Response made = make("billing", List.of("publish", "read"));

        made.then()
                .statusCode(201)
                .body("name", equalTo("billing"))
                .body("scopes", equalTo(List.of("read", "publish")));
        String key = made.path("key");
        assertThat(key).matches("tk_[a-z0-9]+_[a-z0-9]{40}");
        with(key)
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("kind", equalTo("key"))
                .body("user.id", equalTo("key-" + made.path("id")));
        String listed = with(IdentityProfile.ADMIN).get("/api/keys").asString();
        assertThat(listed).contains("billing").doesNotContain(key).doesNotContain("hash");
    }

    @Test
    void listsKeysOfTheSettingsToo() {
        with(IdentityProfile.ADMIN)
                .get("/api/keys")
                .then()
                .statusCode(200)
                .body("items.id", hasItems("ops", "reader", "publisher", "moderator"));
    }

    @Test
    void tellsWhenAKeyWasUsedLast() {
        Response made = make("seldom", List.of("read"));
        String id = made.path("id");
        assertThat(lastUsed(id)).isNull();

        Instant before = Instant.now().minusMillis(1);
        with(made.path("key")).get("/api/session");
        await().until(() -> lastUsed(id) != null);
        String first = lastUsed(id);
        with(made.path("key")).get("/api/session");

        assertThat(Instant.parse(first)).isBetween(before, Instant.now());
        assertThat(lastUsed(id)).isEqualTo(first);
        assertThat(lastUsed("ops")).isNotNull();
    }

    @Test
    void orderIsKeptByKeysThatMay() {
        String room = "/api/rooms/" + Calls.newRoom();
        Map<String, ?> topic = Map.of("topic", "t");

        for (String key : List.of(IdentityProfile.PUBLISHER, IdentityProfile.MODERATOR, IdentityProfile.ADMIN)) {
            with(key)
                    .contentType(ContentType.JSON)
                    .body(topic)
                    .patch(room)
                    .then()
                    .statusCode(200);
            with(key).delete(room + "/mutes/somebody").then().statusCode(204);
        }
        with(IdentityProfile.READER)
                .contentType(ContentType.JSON)
                .body(topic)
                .patch(room)
                .then()
                .statusCode(403);
        with(IdentityProfile.READER)
                .delete(room + "/mutes/somebody")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void actsAsTheUserThatItIsBoundTo() {
        Response made = with(IdentityProfile.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "bot", "scopes", List.of("publish"), "user", "robot"))
                .post("/api/keys");

        with(made.path("key"))
                .contentType(ContentType.JSON)
                .body(Map.of("text", "beep"))
                .post("/api/rooms/{room}/messages", Calls.newRoom())
                .then()
                .statusCode(201)
                .body("author.id", equalTo("robot"));
    }

    @Test
    void takesAKeyAwayAndEndsItsSockets() {
        Response made = make("brief", List.of("publish"));
        String key = made.path("key");
        URI ws = URI.create(uri.toString().replace("http", "ws"));
        try (PlainPeer peer = PlainPeer.connect(ws, Map.of("X-Api-Key", key))) {
            with(IdentityProfile.ADMIN)
                    .delete("/api/keys/{id}", made.<String>path("id"))
                    .then()
                    .statusCode(204);

            assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4401);
        }
        with(key).get("/api/session").then().statusCode(401);
        with(IdentityProfile.ADMIN)
                .delete("/api/keys/{id}", made.<String>path("id"))
                .then()
                .statusCode(404)
                .body("code", equalTo("key_not_found"));
        with(IdentityProfile.ADMIN).delete("/api/keys/ops").then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | name",
                "{\"name\":\"x\"}                          | scopes",
                "{\"name\":\"x\",\"scopes\":[]}            | scopes",
                "{\"name\":\"x\",\"scopes\":[\"all\"]}     | scopes",
                "{\"name\":\"\",\"scopes\":[\"read\"]}     | name",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"user\":\"a b\"} | user"
            })
    void refusesToMakeAKeyOutOf(String body, String field) {
        with(IdentityProfile.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/keys")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_field"))
                .body("field", equalTo(field));
    }

    @Test
    void messagesAreChangedByKeysThatMay() {
        String room = Calls.newRoom();
        String message = "/api/rooms/" + room + "/messages/1";
        with(IdentityProfile.PUBLISHER)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "a"))
                .post("/api/rooms/{room}/messages", room);
        Map<String, ?> edit = Map.of("text", "b");

        with(IdentityProfile.READER)
                .contentType(ContentType.JSON)
                .body(edit)
                .patch(message)
                .then()
                .statusCode(403);
        with(IdentityProfile.READER).put(message + "/reactions/x").then().statusCode(403);
        with(IdentityProfile.READER).delete(message).then().statusCode(403);
        with(IdentityProfile.READER).get(message).then().statusCode(200).body("text", equalTo("a"));
        with(IdentityProfile.PUBLISHER).get(message).then().statusCode(403);
        with(IdentityProfile.PUBLISHER)
                .contentType(ContentType.JSON)
                .body(edit)
                .patch(message)
                .then()
                .statusCode(200);
        with(IdentityProfile.PUBLISHER).put(message + "/reactions/x").then().statusCode(200);
        with(IdentityProfile.MODERATOR).delete(message).then().statusCode(204);
    }

    @Test
    void keysAreTheBusinessOfAdminsAlone() {
        for (String key : List.of(IdentityProfile.READER, IdentityProfile.PUBLISHER, IdentityProfile.MODERATOR)) {
            with(key).get("/api/keys").then().statusCode(403).body("code", equalTo("forbidden"));
            with(key).delete("/api/keys/ops").then().statusCode(403);
        }
        with(TestTokens.of("ada")).get("/api/keys").then().statusCode(403);
        given().get("/api/keys").then().statusCode(401);
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "x", "scopes", List.of("admin")))
                .post("/api/keys")
                .then()
                .statusCode(401);
    }

    /** What each key of the profile may do, as the status of reading, creating, posting and deleting. */
    @ParameterizedTest
    @CsvSource({
        "reader, 200, 403, 403, 403",
        "publisher, 403, 201, 201, 403",
        "moderator, 200, 403, 403, 204",
        "ops, 200, 201, 201, 204"
    })
    void keepsAKeyToItsScopes(String id, int read, int create, int post, int delete) {
        String key = List.of(
                        IdentityProfile.READER,
                        IdentityProfile.PUBLISHER,
                        IdentityProfile.MODERATOR,
                        IdentityProfile.ADMIN)
                .stream()
                .filter(one -> one.startsWith("tk_" + id + "_"))
                .findFirst()
                .orElseThrow();
        String room = Calls.newRoom();

        with(key).get("/api/rooms").then().statusCode(read);
        with(key)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .then()
                .statusCode(create);
        with(key)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room)
                .then()
                .statusCode(post);
        with(key).delete("/api/rooms/{room}", room).then().statusCode(delete);
    }

    @Test
    void moderatorForgetsAUser() {
        Response ada = given().contentType(ContentType.JSON).post("/api/session");
        String path = "/api/users/" + ada.path("user.id");

        with(IdentityProfile.PUBLISHER).delete(path).then().statusCode(403);
        with(IdentityProfile.MODERATOR).delete(path).then().statusCode(204);

        given().cookie(ada.detailedCookie("connect.sid"))
                .get("/api/session")
                .then()
                .statusCode(401);
    }

    @Test
    void forgottenUserComesBackByANewerTokenAlone() {
        String old = TestTokens.of("returning", all -> all.setIssuedAt(TestTokens.in(-60)));
        with(old).get("/api/session").then().statusCode(200);
        with(IdentityProfile.MODERATOR).delete("/api/users/returning").then().statusCode(204);

        with(old).get("/api/session").then().statusCode(401);
        with(TestTokens.of("returning", all -> all.setIssuedAt(TestTokens.in(5))))
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("user.id", not(equalTo("")));
    }

    private static String lastUsed(String id) {
        return with(IdentityProfile.ADMIN).get("/api/keys").path("items.find { it.id == '" + id + "' }.lastUsed");
    }

    private static Response make(String name, List<String> scopes) {
        return with(IdentityProfile.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", name, "scopes", scopes))
                .post("/api/keys");
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
