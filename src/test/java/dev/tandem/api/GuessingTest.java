package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.session.IdentityProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Verifies that who guesses credentials, or makes sessions without end, is slowed down, and nobody else is; behind a proxy that says who it is. */
@QuarkusTest
@TestProfile(GuessingTest.Strict.class)
class GuessingTest {

    private static final int RUN = ThreadLocalRandom.current().nextInt(0x10000);

    public static class Strict extends IdentityProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("tandem.limits.credentials", "5/1h");
            settings.put("tandem.limits.session", "3/1h");
            settings.put("tandem.limits.guests", "2/1h");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }

    @Test
    void whoGuessesKeysIsNotListenedToAnyMore() {
        for (int i = 0; i < 5; i++) {
            guess(address(11)).then().statusCode(401);
        }

        Response refused = guess(address(11));
        Response rightGuess =
                from(address(11)).header("X-Api-Key", IdentityProfile.ADMIN).get("/api/keys");

        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 720);
        rightGuess.then().statusCode(429);
        from(address(12))
                .header("X-Api-Key", IdentityProfile.ADMIN)
                .get("/api/keys")
                .then()
                .statusCode(200);
        from(address(11)).get("/api/rooms").then().statusCode(200);
    }

    @Test
    void whoMakesTooManySessionsHasToWait() {
        for (int i = 0; i < 2; i++) {
            from(address(21)).post("/api/session").then().statusCode(201);
        }
        handshake(address(21)).then().statusCode(200);

        Response refused = from(address(21)).post("/api/session");
        Response handshake = handshake(address(21));

        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 1800);
        assertThat(handshake.statusCode()).isEqualTo(429);
        assertThat(handshake.header("Retry-After")).isNotNull();
        from(address(22)).post("/api/session").then().statusCode(201);
    }

    @Test
    void whoPostsAsTooManyGuestsIsNotRememberedAnyMore() {
        String messages = "/api/rooms/" + Calls.newRoom() + "/messages";
        for (int i = 0; i < 2; i++) {
            Response posted = from(address(41)).body("{\"text\":\"hi\"}").post(messages);
            assertThat(posted.header("Set-Cookie")).isNotNull();
        }

        Response posted = from(address(41)).body("{\"text\":\"hi\"}").post(messages);

        posted.then().statusCode(201);
        assertThat(posted.<String>path("author.name")).startsWith("guest-");
        assertThat(posted.header("Set-Cookie")).isNull();
        given().get("/api/users/{user}", posted.<String>path("author.id"))
                .then()
                .statusCode(404);
        from(address(41)).post("/api/session").then().statusCode(429);
        assertThat(handshake(address(41)).header("Set-Cookie")).isNotNull();
    }

    @Test
    void cookieIsForHttpsOnlyWhereTheRequestCameSo() {
        String overHttps = from(address(31))
                .header("X-Forwarded-Proto", "https")
                .post("/api/session")
                .header("Set-Cookie");
        String overHttp = from(address(31)).post("/api/session").header("Set-Cookie");

        assertThat(overHttps).contains("; Secure").contains("; HttpOnly").contains("; SameSite=Lax");
        assertThat(overHttp).doesNotContain("Secure");
    }

    private static Response guess(String address) {
        return from(address)
                .header("X-Api-Key", "tk_ops_guess-after-guess-after-guess")
                .get("/api/keys");
    }

    private static Response handshake(String address) {
        return from(address).get("/socket.io/?EIO=4&transport=polling");
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address).contentType(ContentType.JSON);
    }

    /** Another one in each run: what an earlier one did counts for an hour. */
    private static String address(int number) {
        return "2001:db8:%x:%x::1".formatted(RUN, number);
    }
}
