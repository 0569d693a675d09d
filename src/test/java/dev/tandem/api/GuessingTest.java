package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.session.IdentityProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that who guesses credentials, or makes sessions without end, is slowed down, and nobody else is. */
@QuarkusTest
@TestProfile(GuessingTest.Strict.class)
class GuessingTest {

    public static class Strict extends IdentityProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("tandem.limits.credentials", "5/1h");
            settings.put("tandem.limits.session", "3/1h");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }

    @Test
    void whoGuessesKeysIsNotListenedToAnyMore() {
        for (int i = 0; i < 5; i++) {
            guess("10.1.0.1").then().statusCode(401);
        }

        Response refused = guess("10.1.0.1");
        Response rightGuess =
                from("10.1.0.1").header("X-Api-Key", IdentityProfile.ADMIN).get("/api/keys");

        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 720);
        rightGuess.then().statusCode(429);
        from("10.1.0.2")
                .header("X-Api-Key", IdentityProfile.ADMIN)
                .get("/api/keys")
                .then()
                .statusCode(200);
        from("10.1.0.1").get("/api/rooms").then().statusCode(200);
    }

    @Test
    void whoMakesTooManySessionsHasToWait() {
        for (int i = 0; i < 3; i++) {
            from("10.2.0.1").post("/api/session").then().statusCode(201);
        }

        Response refused = from("10.2.0.1").post("/api/session");
        Response handshake = from("10.2.0.1").get("/socket.io/?EIO=4&transport=polling");

        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 1200);
        assertThat(handshake.statusCode()).isEqualTo(429);
        assertThat(handshake.header("Retry-After")).isNotNull();
        from("10.2.0.2").post("/api/session").then().statusCode(201);
    }

    private static Response guess(String address) {
        return from(address)
                .header("X-Api-Key", "tk_ops_guess-after-guess-after-guess")
                .get("/api/keys");
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }
}
