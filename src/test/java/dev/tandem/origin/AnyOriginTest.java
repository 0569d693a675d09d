package dev.tandem.origin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.gateway.SeldomProfile;
import dev.tandem.node.PlainPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that where all pages are let in, none of them acts in the name of whoever's browser shows it. */
@QuarkusTest
@TestProfile(SeldomProfile.class)
class AnyOriginTest {
    private static final String STRANGER = "https://stranger.example";

    @TestHTTPResource("/ws")
    URI uri;

    @Test
    void pageActsAsAGuestOfItsOwn() {
        Response created = given().header("Origin", STRANGER)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(created.header("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void pageChangesNothingWithTheCookieOfItsVisitor() {
        String cookie =
                given().contentType(ContentType.JSON).post("/api/session").cookie("connect.sid");

        given().header("Origin", STRANGER)
                .cookie("connect.sid", cookie)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void pageOpensNoSocketWithTheCookieOfItsVisitor() {
        Response visitor = given().contentType(ContentType.JSON).post("/api/session");
        String cookie = "connect.sid=" + visitor.cookie("connect.sid");
        URI ws = URI.create(uri.toString().replace("http", "ws"));

        try (PlainPeer own = PlainPeer.connect(ws, Map.of("Cookie", cookie));
                PlainPeer foreign = PlainPeer.connect(ws, Map.of("Cookie", cookie, "Origin", STRANGER))) {
            assertThat(user(own)).isEqualTo(visitor.path("user.id"));
            assertThat(user(foreign)).isNotEqualTo(visitor.path("user.id"));
        }
    }

    private static String user(PlainPeer peer) {
        await().until(() -> !peer.events("welcome").isEmpty());
        return peer.events("welcome").get(0).path("user").path("id").asText();
    }
}
