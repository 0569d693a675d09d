package dev.tandem.api;

import static io.restassured.RestAssured.given;

import dev.tandem.id.RoomId;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/** The calls that most tests of the HTTP API begin with. Rooms of different tests never meet: each has an id of its own. */
final class Calls {
    private Calls() {}

    static String newRoom() {
        String id = RoomId.random().value();
        createRoom(Map.of("id", id)).statusCode(201);
        return id;
    }

    static ValidatableResponse createRoom(Map<String, ?> room) {
        return given().contentType(ContentType.JSON)
                .body(room)
                .post("/api/rooms")
                .then();
    }

    static Response post(String room, Map<String, ?> message) {
        return given().contentType(ContentType.JSON).body(message).post("/api/rooms/{room}/messages", room);
    }

    /** Posts texts 1, 2, 3 ... */
    static void postMany(String room, int count) {
        for (int i = 1; i <= count; i++) {
            post(room, Map.of("text", Integer.toString(i))).then().statusCode(201);
        }
    }
}
