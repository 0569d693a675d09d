package dev.tandem.ops;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies what those who run a node look at: health, metrics, the API's description, and the page that comes with it. */
@QuarkusTest
class OperationsTest {
    @BeforeEach
    void untilTheNodeIsReady() {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> when().get("/q/health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/started", "/q/health/ready", "/q/health/live", "/q/health"})
    void isWell(String path) {
        ValidatableResponse health = when().get(path).then();

        health.statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void isReadyWhenBothConnectionsHaveProvedThemselves() {
        ValidatableResponse health = when().get("/q/health/ready").then();

        JsonPath redis = health.extract().jsonPath().setRootPath("checks.find { it.name == 'redis' }");
        assertThat(redis.getString("status")).isEqualTo("UP");
        assertThat(redis.getString("data.commands")).isEqualTo("ready");
        assertThat(redis.getString("data.pubsub")).isEqualTo("ready");
        assertThat(redis.getLong("data.commandsProbeAgeMillis")).isBetween(0L, 4_000L);
        assertThat(redis.getLong("data.pubsubProbeAgeMillis")).isBetween(0L, 4_000L);
    }

    @Test
    void livesWhateverRedisDoes() {
        ValidatableResponse health = when().get("/q/health/live").then();

        health.body("checks.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tandem_redis_connected{role=\"commands\"} 1.0",
                "tandem_redis_connected{role=\"pubsub\"} 1.0",
                "tandem_redis_reconnects_total{cause=\"closed\",role=\"commands\"} ",
                "tandem_redis_reconnects_total{cause=\"probe\",role=\"pubsub\"} ",
                "tandem_redis_commands_failed_total{code=\"redis_unavailable\"} ",
                "tandem_redis_commands_failed_total{code=\"outcome_unknown\"} ",
                "tandem_redis_commands_failed_total{code=\"overloaded\"} ",
                "tandem_redis_commands_rejected_total ",
                "tandem_redis_commands_in_flight ",
                "tandem_redis_commands_queued ",
                "tandem_redis_commands_queued_bytes ",
                "tandem_redis_roundtrip_seconds_count ",
                "tandem_redis_pubsub_messages_total ",
                "tandem_redis_pubsub_bytes_total ",
                "tandem_redis_subscriptions ",
                "tandem_rooms_open ",
                "tandem_rooms_resets_total ",
                "tandem_rooms_messages_repaired_total ",
                "tandem_messages_posted_total ",
                "tandem_sockets{door=\"socketio\"} ",
                "tandem_sockets{door=\"websocket\"} "
            })
    void measures(String metric) {
        assertThat(metrics()).contains("\n" + metric);
    }

    @Test
    void measuresWhatTheJobsDo() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(metrics())
                        .containsPattern("\ntandem_jobs_runs_total\\{job=\"presence-reaper\"} [1-9]")
                        .containsPattern("\ntandem_jobs_runs_total\\{job=\"room-janitor\"} [1-9]"));
    }

    @Test
    void countsMessagesThatWerePosted() {
        double before = value("tandem_messages_posted_total");
        String room = given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .path("id");

        given().contentType(ContentType.JSON).body("{\"text\":\"hi\"}").post("/api/rooms/{room}/messages", room);

        assertThat(value("tandem_messages_posted_total")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/rooms, get",
        "/api/rooms, post",
        "/api/rooms/{room}, get",
        "/api/rooms/{room}, delete",
        "/api/rooms/{room}/messages, get",
        "/api/rooms/{room}/messages, post",
        "/api/rooms/{room}/members, get"
    })
    void describesEachCall(String path, String method) {
        ValidatableResponse description =
                given().accept(ContentType.JSON).get("/q/openapi").then();

        description.statusCode(200).body("paths.'" + path + "'", hasKey(method));
    }

    @Test
    void describesItselfAsTandem() {
        ValidatableResponse description =
                given().accept(ContentType.JSON).get("/q/openapi").then();

        description.body("info.title", equalTo("Tandem")).body("info.version", equalTo("1"));
    }

    @Test
    void describesWhatAnErrorLooksLike() {
        ValidatableResponse description =
                given().accept(ContentType.JSON).get("/q/openapi").then();

        description.body("components.schemas.Problem.properties.keySet()", hasItem("code"));
    }

    @Test
    void showsTheDescriptionToReaders() {
        ValidatableResponse page = when().get("/q/swagger-ui").then();

        page.statusCode(200).contentType(ContentType.HTML).body(containsString("/q/openapi"));
    }

    @Test
    void servesThePage() {
        ValidatableResponse page = when().get("/").then();

        page.statusCode(200)
                .contentType(ContentType.HTML)
                .body(containsString("<title>Tandem</title>"))
                .body(containsString("vendor/socket.io.min.js"));
    }

    @ParameterizedTest
    @CsvSource({
        "/index.html, html, <title>Tandem</title>",
        "/chat.js, javascript, io(",
        "/chat.css, css, {",
        "/vendor/socket.io.min.js, javascript, Socket.IO v4"
    })
    void servesWhatThePageNeeds(String path, String type, String content) {
        ValidatableResponse file = when().get(path).then();

        file.statusCode(200).contentType(containsString(type)).body(containsString(content));
    }

    @Test
    void loadsNothingFromElsewhere() {
        String page = when().get("/").asString();

        assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    private static String metrics() {
        return when().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private static double value(String metric) {
        Matcher matcher =
                Pattern.compile("\n" + Pattern.quote(metric) + " (\\S+)").matcher(metrics());
        assertThat(matcher.find()).as(metric).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
