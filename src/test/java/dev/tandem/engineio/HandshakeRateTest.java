package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.gateway.SeldomProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Verifies that a node opens so many sessions in a second, and those that are open go on. */
@QuarkusTest
@TestProfile(SeldomProfile.class)
class HandshakeRateTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @Test
    void refusesHandshakesPastTheRateForAWhile() {
        AtomicReference<Response> last = new AtomicReference<>();
        await().until(() -> get(last).statusCode() == 503);

        assertThat(last.get().asString()).isEqualTo("{\"code\":4,\"message\":\"Too many handshakes\"}");
        await().until(() -> get(last).statusCode() == 200);
    }

    private static Response get(AtomicReference<Response> last) {
        last.set(RestAssured.get(HANDSHAKE));
        return last.get();
    }
}
