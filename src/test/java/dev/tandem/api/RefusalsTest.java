package dev.tandem.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that whatever is wrong with a request is answered with problem details and the code of what is wrong. */
@QuarkusTest
class RefusalsTest {
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    @TestHTTPResource("/api/rooms")
    URI rooms;

    private String room;

    @BeforeEach
    void createRoom() {
        room = Calls.newRoom();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "}",
                "[]",
                "[{}]",
                "\"a\"",
                "7",
                "true",
                "{} {}",
                "{}x",
                "{\"id\":}",
                "{'id':'a'}",
                "{\"name\":\"a\",}",
                "{\"name\":\"a\" \"id\":\"b\"}",
                "{\"name\":\"a\nb\"}",
                "{\"name\":NaN}",
                "\u0000",
                "not json"
            })
    void refusesABodyThatIsNotOneJsonObject(String body) {
        ValidatableResponse refused = post("/api/rooms", body);

        isProblem(refused, 400, "invalid_json", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"text\":\"a\"}{}", "{\"text\":", "\"text\""})
    void refusesAMessageThatIsNotOneJsonObject(String body) {
        ValidatableResponse refused = post("/api/rooms/" + room + "/messages", body);

        isProblem(refused, 400, "invalid_json", null);
    }

    @Test
    void refusesNestingWithoutEnd() {
        ValidatableResponse refused =
                post("/api/rooms/" + room + "/messages", "{\"text\":\"a\",\"data\":" + "[".repeat(100_000));

        isProblem(refused, 400, "invalid_json", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'id':7}; id",
                "{'id':true}; id",
                "{'id':{}}; id",
                "{'id':['a']}; id",
                "{'id':''}; id",
                "{'id':'a b'}; id",
                "{'id':'a/b'}; id",
                "{'id':'a#b'}; id",
                "{'id':'{a}'}; id",
                "{'id':'..'}; id",
                "{'id':'-a'}; id",
                "{'id':'a\\r\\nb'}; id",
                "{'id':'a\\u0000'}; id",
                "{'id':'\\u202ea'}; id",
                "{'id':'caf\\u00e9'}; id",
                "{'name':''}; name",
                "{'name':7}; name",
                "{'name':['a']}; name",
                "{'private':'yes'}; private",
                "{'private':'true'}; private",
                "{'private':1}; private",
                "{'private':''}; private",
                "{'private':[]}; private",
                "{'emptyTtl':0}; emptyTtl",
                "{'emptyTtl':-1}; emptyTtl",
                "{'emptyTtl':1.5}; emptyTtl",
                "{'emptyTtl':'1'}; emptyTtl",
                "{'emptyTtl':''}; emptyTtl",
                "{'emptyTtl':31536001}; emptyTtl",
                "{'emptyTtl':9223372036854775808}; emptyTtl",
                "{'emptyTtl':true}; emptyTtl"
            })
    void blamesTheFieldOfARoomThatIsWrong(String body, String field) {
        ValidatableResponse refused = post("/api/rooms", body.replace('\'', '"'));

        isProblem(refused, 400, "invalid_field", field);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 10 * 1024, 1_000_000})
    void refusesARoomIdThatIsTooLong(int length) {
        ValidatableResponse refused = Calls.createRoom(Map.of("id", "x".repeat(length)));

        isProblem(refused, 400, "invalid_field", "id");
    }

    @Test
    void refusesARoomNameThatIsTooLong() {
        ValidatableResponse refused = Calls.createRoom(Map.of("name", "x".repeat(201)));

        isProblem(refused, 400, "invalid_field", "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; text",
                "{'text':null}; text",
                "{'text':''}; text",
                "{'text':7}; text",
                "{'text':1.5}; text",
                "{'text':true}; text",
                "{'text':['a']}; text",
                "{'text':{}}; text",
                "{'data':'a'}; text",
                "{'text':'a','id':''}; id",
                "{'text':'a','id':7}; id",
                "{'text':'a','id':'a b'}; id",
                "{'text':'a','id':'a\\nb'}; id",
                "{'text':'a','id':'\\u0000'}; id",
                "{'text':'a','id':'\\u00e9'}; id",
                "{'text':'a','id':['a']}; id"
            })
    void blamesTheFieldOfAMessageThatIsWrong(String body, String field) {
        ValidatableResponse refused = post("/api/rooms/" + room + "/messages", body.replace('\'', '"'));

        isProblem(refused, 400, "invalid_field", field);
        given().get("/api/rooms/{room}", room).then().body("seq", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=-1, limit",
        "limit=1001, limit",
        "limit=ten, limit",
        "limit=1.5, limit",
        "limit=99999999999999999999, limit",
        "after=-1, after",
        "after=x, after",
        "after=1e3, after",
        "after=9223372036854775808, after",
        "before=-1, before",
        "before=x, before",
        "after=1&before=2, before",
        "after=0&before=0, before"
    })
    void refusesAQueryOfTheHistoryThatIsWrong(String query, String field) {
        ValidatableResponse refused =
                given().get("/api/rooms/" + room + "/messages?" + query).then();

        isProblem(refused, 400, "invalid_field", field);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/rooms?limit=0, limit",
        "/api/rooms?limit=1001, limit",
        "/api/rooms?limit=x, limit",
        "/api/rooms?cursor=.., cursor",
        "/api/rooms?cursor=a%20b, cursor",
        "/api/rooms?cursor=(a, cursor",
        "/api/rooms/lobby/members?limit=0, limit",
        "/api/rooms/lobby/members?limit=1001, limit",
        "/api/rooms/lobby/members?limit=x, limit"
    })
    void refusesAQueryOfAListThatIsWrong(String path, String field) {
        ValidatableResponse refused = plain().get(path).then();

        isProblem(refused, 400, "invalid_field", field);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/rooms/a%20b", "GET, /api/rooms/a%0D%0Ab", "GET, /api/rooms/a%00", "GET, /api/rooms/%7Ba%7D",
        "GET, /api/rooms/a%23b", "GET, /api/rooms/a%2Fb", "GET, /api/rooms/%2E%2E%2Fq", "GET, /api/rooms/%E2%80%AEa",
        "GET, /api/rooms/-a", "DELETE, /api/rooms/a%20b", "GET, /api/rooms/a%20b/messages",
                "GET, /api/rooms/a%20b/members"
    })
    void refusesAPathWhoseRoomIsNoId(String method, String path) {
        ValidatableResponse refused = plain().request(method, path).then();

        isProblem(refused, 400, "invalid_field", "room");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/rooms/no-such-room",
        "DELETE, /api/rooms/no-such-room",
        "GET, /api/rooms/no-such-room/messages",
        "GET, /api/rooms/no-such-room/messages?after=1",
        "GET, /api/rooms/no-such-room/members"
    })
    void doesNotFindARoomThatIsNotThere(String method, String path) {
        ValidatableResponse refused = plain().request(method, path).then();

        isProblem(refused, 404, "room_not_found", "room");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/none",
                "/api/room",
                "/api/rooms/a/b",
                "/api/rooms/a/messages/1/2",
                "/api/rooms/a/b/c"
            })
    void doesNotKnowOtherPaths(String path) {
        ValidatableResponse refused = plain().get(path).then();

        isProblem(refused, 404, "invalid_command", null);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/rooms",
        "DELETE, /api/rooms",
        "POST, /api/rooms/a",
        "PUT, /api/rooms/a",
        "POST, /api/rooms/a/members"
    })
    void doesNotKnowOtherMethods(String method, String path) {
        ValidatableResponse refused = given().contentType(ContentType.JSON)
                .body("{}")
                .request(method, path)
                .then();

        isProblem(refused, 405, "invalid_command", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void refusesOtherContentTypes(String type) {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(rooms)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        isProblem(refused, 415, "invalid_command");
    }

    @Test
    void takesABodyWithoutContentTypeForJson() {
        HttpResponse<String> created =
                send(HttpRequest.newBuilder(rooms).POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(created.statusCode()).isEqualTo(201);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        HttpResponse<String> refused = send(json().POST(HttpRequest.BodyPublishers.ofString(bodyOf(MOST_BYTES + 1))));

        isProblem(refused, 413, "payload_too_large");
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() {
        byte[] body = bodyOf(MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> refused =
                send(json().POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        isProblem(refused, 413, "payload_too_large");
    }

    @Test
    void refusesABodyOfAnotherKindOfJsonThatIsTooLarge() {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(rooms.resolve("/api/rooms/" + room))
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(bodyOf(MOST_BYTES + 1))));

        isProblem(refused, 413, "payload_too_large");
    }

    @Test
    void readsABodyOfTheGreatestSize() {
        HttpResponse<String> created = send(json().POST(HttpRequest.BodyPublishers.ofString(bodyOf(MOST_BYTES))));

        assertThat(created.statusCode()).isEqualTo(201);
    }

    @Test
    void saysNothingOfItsInsides() {
        Response refused =
                given().contentType(ContentType.JSON).body("{\"id\":{\"a\":1}}").post("/api/rooms");

        refused.then()
                .body(not(containsString("jackson")))
                .body(not(containsString("java")))
                .body(not(containsString("dev.tandem")));
    }

    @Test
    void countsRefusalsByTheirCode() {
        given().get("/api/rooms/no-such-room").then().statusCode(404);

        String metrics = given().get("/q/metrics").asString();

        assertThat(metrics).containsPattern("tandem_errors_total\\{code=\"room_not_found\"} [1-9]");
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then();
    }

    /** A request whose path goes out as it stands. */
    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private static void isProblem(ValidatableResponse refused, int status, String code, String field) {
        refused.statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:tandem:error:" + code))
                .body("title", notNullValue())
                .body("status", equalTo(status))
                .body("detail", notNullValue())
                .body("code", equalTo(code))
                .body("field", field == null ? nullValue() : equalTo(field));
    }

    private static void isProblem(HttpResponse<String> refused, int status, String code) {
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"status\":" + status, "\"code\":\"" + code + "\"");
    }

    /** JSON that says little with many bytes. */
    private static String bodyOf(int bytes) {
        return "{" + " ".repeat(bytes - 2) + "}";
    }

    private HttpRequest.Builder json() {
        return HttpRequest.newBuilder(rooms).header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return HttpClient.newHttpClient()
                .sendAsync(request.version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
