package dev.tandem.api;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.gateway.SmallNumbersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verifies that a room keeps as many messages as it may, the newest, and goes on counting. */
@QuarkusTest
@TestProfile(SmallNumbersProfile.class)
class BoundedHistoryTest {

    @Test
    void keepsTheNewestMessages() {
        String room = Calls.newRoom();
        Calls.postMany(room, 8);

        ValidatableResponse history =
                when().get("/api/rooms/{room}/messages?after=0", room).then();

        history.body("items.seq", contains(6, 7, 8)).body("seq", equalTo(8));
    }

    @Test
    void keepsAHistoryThatIsJustFull() {
        String room = Calls.newRoom();
        Calls.postMany(room, 3);

        ValidatableResponse history =
                when().get("/api/rooms/{room}/messages", room).then();

        history.body("items.seq", contains(1, 2, 3));
    }

    @Test
    void knowsRepeatsAsFarBackAsTheHistory() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("id", "m-1", "text", "first"));
        Calls.postMany(room, 2);

        Response repeat = Calls.post(room, Map.of("id", "m-1", "text", "again"));

        repeat.then().statusCode(200).body("seq", equalTo(1)).body("text", equalTo("first"));
    }

    @Test
    void takesAnIdThatTheHistoryHasForgottenForANewOne() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("id", "m-1", "text", "first"));
        Calls.postMany(room, 3);

        Response posted = Calls.post(room, Map.of("id", "m-1", "text", "again"));

        posted.then().statusCode(201).body("seq", equalTo(5)).body("text", equalTo("again"));
    }

    @Test
    void boundsTextsAsConfigured() {
        Response refused = Calls.post(Calls.newRoom(), Map.of("text", "12345678901"));

        refused.then().statusCode(400).body("code", equalTo("text_too_long"));
    }
}
