package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.tandem.id.RoomId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verifies that rooms can be created, listed page by page, looked at and deleted over HTTP. */
@QuarkusTest
class RoomResourceTest {
    @Test
    void createsARoomAndSaysWhereItIs() {
        String id = RoomId.random().value();

        ValidatableResponse created = Calls.createRoom(Map.of("id", id, "name", "The lobby \u2603", "emptyTtl", 3600));

        created.statusCode(201)
                .contentType(ContentType.JSON)
                .header("Location", endsWith("/api/rooms/" + id))
                .body("id", equalTo(id))
                .body("name", equalTo("The lobby \u2603"))
                .body("private", equalTo(false))
                .body("emptyTtl", equalTo(3600))
                .body("createdAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z"))
                .body("seq", equalTo(0))
                .body("epoch", notNullValue())
                .body("members", equalTo(0));
    }

    @Test
    void givesARoomThatHasNoneAnIdAndAName() {
        ValidatableResponse created = Calls.createRoom(Map.of());

        String id = created.statusCode(201).extract().path("id");
        assertThat(new RoomId(id)).hasToString(id);
        created.body("name", equalTo(id)).header("Location", endsWith("/api/rooms/" + id));
        when().get("/api/rooms/{room}", id).then().statusCode(200);
    }

    @Test
    void refusesASecondRoomOfTheSameId() {
        String id = Calls.newRoom();

        ValidatableResponse second = Calls.createRoom(Map.of("id", id, "name", "Another"));

        second.statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:tandem:error:room_exists"))
                .body("title", equalTo("Room exists"))
                .body("status", equalTo(409))
                .body("detail", notNullValue())
                .body("code", equalTo("room_exists"));
        when().get("/api/rooms/{room}", id).then().body("name", equalTo(id));
    }

    @Test
    void showsARoomAsItWasCreated() {
        String id = RoomId.random().value();
        Map<String, Object> created = Calls.createRoom(Map.of("id", id, "name", "n", "emptyTtl", 60))
                .extract()
                .jsonPath()
                .getMap("");

        ValidatableResponse shown = when().get("/api/rooms/{room}", id).then();

        shown.statusCode(200).contentType(ContentType.JSON).body("", equalTo(created));
    }

    @Test
    void leavesOutEmptyTtlOfARoomThatStays() {
        ValidatableResponse shown =
                when().get("/api/rooms/{room}", Calls.newRoom()).then();

        assertThat(shown.extract().jsonPath().getMap("").keySet())
                .isEqualTo(Set.of(
                        "id",
                        "name",
                        "private",
                        "createdAt",
                        "seq",
                        "epoch",
                        "members",
                        "version",
                        "passwordRequired",
                        "locked"));
    }

    @Test
    void countsMessagesInTheRoom() {
        String room = Calls.newRoom();
        Calls.postMany(room, 3);

        ValidatableResponse shown = when().get("/api/rooms/{room}", room).then();

        shown.body("seq", equalTo(3));
    }

    @Test
    void remembersWhenTheRoomWasCreated() {
        Instant created =
                Instant.parse(when().get("/api/rooms/{room}", Calls.newRoom()).path("createdAt"));

        assertThat(Duration.between(created, Instant.now())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void listsRoomsInTheOrderOfTheirIdsPageByPage() {
        String prefix = RoomId.random().value();
        for (String suffix : List.of("-c", "-a", "-e", "-b", "-d")) {
            Calls.createRoom(Map.of("id", prefix + suffix));
        }

        List<List<String>> pages = new ArrayList<>();
        String cursor = prefix;
        for (int i = 0; i < 3; i++) {
            ValidatableResponse page = given().queryParam("limit", 2)
                    .queryParam("cursor", cursor)
                    .get("/api/rooms")
                    .then();
            pages.add(page.statusCode(200).extract().path("items.id"));
            cursor = page.extract().path("next");
        }

        assertThat(pages.get(0)).containsExactly(prefix + "-a", prefix + "-b");
        assertThat(pages.get(1)).containsExactly(prefix + "-c", prefix + "-d");
        assertThat(pages.get(2)).startsWith(prefix + "-e");
    }

    @Test
    void listsTheWholeRoomOfEachItem() {
        String prefix = RoomId.random().value();
        Map<String, Object> created = Calls.createRoom(Map.of("id", prefix + "-a", "name", "A"))
                .extract()
                .jsonPath()
                .getMap("");

        ValidatableResponse page = given().queryParam("limit", 1)
                .queryParam("cursor", prefix)
                .get("/api/rooms")
                .then();

        page.body("items", contains(created));
    }

    @Test
    void hasNoNextAfterTheLastPage() {
        String last = "z".repeat(60) + RoomId.random().value().substring(0, 4);
        Calls.createRoom(Map.of("id", last));

        ValidatableResponse page = given().queryParam("limit", 1000)
                .queryParam("cursor", "z".repeat(60))
                .get("/api/rooms")
                .then();

        page.body("items.id", hasItem(last)).body("next", nullValue());
        assertThat(page.extract().jsonPath().getMap("")).containsKey("next");
    }

    @Test
    void listsNothingAfterTheLastRoom() {
        ValidatableResponse page =
                given().queryParam("cursor", "z".repeat(64)).get("/api/rooms").then();

        page.statusCode(200).body("items", empty()).body("next", nullValue());
    }

    @Test
    void listsFiftyRoomsIfNotToldOtherwise() {
        String prefix = RoomId.random().value();
        for (int i = 10; i < 61; i++) {
            Calls.createRoom(Map.of("id", prefix + "-" + i)).statusCode(201);
        }

        ValidatableResponse page =
                given().queryParam("cursor", prefix).get("/api/rooms").then();

        page.body("items.size()", equalTo(50)).body("next", equalTo(prefix + "-59"));
    }

    @Test
    void doesNotListPrivateRooms() {
        String prefix = RoomId.random().value();
        Calls.createRoom(Map.of("id", prefix + "-a", "private", true)).body("private", equalTo(true));
        Calls.createRoom(Map.of("id", prefix + "-b"));

        ValidatableResponse page = given().queryParam("limit", 1)
                .queryParam("cursor", prefix)
                .get("/api/rooms")
                .then();

        page.body("items.id", contains(prefix + "-b"));
        when().get("/api/rooms/{room}", prefix + "-a").then().statusCode(200).body("private", equalTo(true));
    }

    @Test
    void deletesARoomAndAllThatWasSaidInIt() {
        String room = Calls.newRoom();
        Calls.postMany(room, 2);

        ValidatableResponse deleted = when().delete("/api/rooms/{room}", room).then();

        deleted.statusCode(204).body(equalTo(""));
        for (String path : List.of("", "/messages", "/members")) {
            when().get("/api/rooms/" + room + path).then().statusCode(404).body("code", equalTo("room_not_found"));
        }
        when().delete("/api/rooms/{room}", room).then().statusCode(404).body("code", equalTo("room_not_found"));
        given().queryParam("limit", 1000).get("/api/rooms").then().body("items.id", not(hasItem(room)));
    }

    @Test
    void beginsAnewAfterADeletion() {
        String room = Calls.newRoom();
        Calls.post(room, Map.of("id", "m-1", "text", "before"));
        String epoch = when().get("/api/rooms/{room}", room).path("epoch");
        when().delete("/api/rooms/{room}", room);

        Calls.createRoom(Map.of("id", room)).statusCode(201).body("epoch", not(equalTo(epoch)));

        when().get("/api/rooms/{room}/messages", room)
                .then()
                .body("items", empty())
                .body("seq", equalTo(0));
        Calls.post(room, Map.of("id", "m-1", "text", "after"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(1))
                .body("text", equalTo("after"));
    }

    @Test
    void showsNobodyInAnEmptyRoom() {
        ValidatableResponse members =
                when().get("/api/rooms/{room}/members", Calls.newRoom()).then();

        members.statusCode(200)
                .contentType(ContentType.JSON)
                .body("items", empty())
                .body("count", equalTo(0));
    }

    @Test
    void namesTheVersionOfTheSettingsInTheETag() {
        String room = Calls.newRoom();

        given().contentType("application/merge-patch+json")
                .body("{\"topic\":\"t\"}")
                .header("If-Match", "\"1\"")
                .patch("/api/rooms/{room}", room)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("topic", equalTo("t"))
                .body("version", equalTo(2));

        when().get("/api/rooms/{room}", room).then().header("ETag", equalTo("\"2\""));
    }

    @Test
    void refusesToChangeOrDeleteAnotherVersion() {
        String room = Calls.newRoom();

        for (String method : List.of("PATCH", "DELETE")) {
            given().contentType(ContentType.JSON)
                    .body("{\"topic\":\"t\"}")
                    .header("If-Match", "\"7\"")
                    .request(method, "/api/rooms/" + room)
                    .then()
                    .statusCode(412)
                    .contentType("application/problem+json")
                    .body("code", equalTo("version_conflict"));
        }
        when().get("/api/rooms/{room}", room).then().body("version", equalTo(1)).body("topic", nullValue());
    }

    @Test
    void refusesAnETagThatIsNone() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .header("If-Match", "seven")
                .patch("/api/rooms/{room}", Calls.newRoom())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_field"))
                .body("field", equalTo("If-Match"));
    }

    @Test
    void createsARoomWithAllItsSettings() {
        String id = RoomId.random().value();

        ValidatableResponse created = Calls.createRoom(Map.of(
                "id",
                id,
                "topic",
                "t",
                "capacity",
                5,
                "metadata",
                Map.of("color", "red"),
                "password",
                "open sesame",
                "locked",
                true,
                "slowMode",
                3,
                "historyCount",
                10,
                "historyAge",
                3600));

        created.statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .body("topic", equalTo("t"))
                .body("capacity", equalTo(5))
                .body("metadata.color", equalTo("red"))
                .body("passwordRequired", equalTo(true))
                .body("password", nullValue())
                .body("locked", equalTo(true))
                .body("slowMode", equalTo(3))
                .body("historyCount", equalTo(10))
                .body("historyAge", equalTo(3600))
                .body("owner", nullValue());
    }

    @Test
    void anybodyManagesARoomThatIsNobodys() {
        String room = Calls.newRoom();

        given().contentType(ContentType.JSON)
                .body(Map.of("for", 60, "reason", "why"))
                .put("/api/rooms/{room}/bans/ada", room)
                .then()
                .statusCode(200)
                .body("user", equalTo("ada"))
                .body("reason", equalTo("why"))
                .body("until", notNullValue());
        when().get("/api/rooms/{room}/bans", room).then().statusCode(200).body("items.user", contains("ada"));
        when().delete("/api/rooms/{room}/bans/ada", room).then().statusCode(204);
        when().get("/api/rooms/{room}/bans", room).then().body("items", empty());
    }
}
