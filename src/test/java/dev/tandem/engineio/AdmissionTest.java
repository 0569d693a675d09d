package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.origin.FriendsProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies who is let in: pages of allowed origins, and not too many from one address. */
@QuarkusTest
@TestProfile(FriendsProfile.class)
class AdmissionTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String FRIEND = FriendsProfile.FRIEND;

    @TestHTTPResource("/")
    URI uri;

    @Inject
    EchoListener sessions;

    @ParameterizedTest
    @ValueSource(strings = {"https://friend.example", "HTTPS://Friend.Example", "capacitor://localhost"})
    void pageOfAnAllowedOriginMayConnectWithCredentials(String origin) {
        Response response = from("10.0.0.1").header("Origin", origin).get(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.header("Vary")).contains("Origin");
        leave(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://friend.example.evil.example",
                "http://friend.example",
                "null",
                "%"
            })
    void pageOfAnotherOriginIsRefused(String origin) {
        Response response = from("10.0.0.2").header("Origin", origin).get(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.asString()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void pageOfAnotherOriginGetsNoWebSocket() {
        assertThatThrownBy(() ->
                        new EngineIoPeer(uri).webSocket("EIO=4&transport=websocket", "Origin", "https://evil.example"))
                .hasStackTraceContaining("status code 403");
    }

    @Test
    void pageOfThisServerMayConnect() {
        Response response = from("10.0.0.3")
                .header("Origin", "http://" + uri.getAuthority())
                .get(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void pageOfThisServerMayConnectThroughAProxyThatEndsTls() {
        Response response = from("10.0.0.4")
                .header("X-Forwarded-Host", "tandem.example")
                .header("X-Forwarded-Proto", "https")
                .header("Origin", "https://tandem.example")
                .get(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsNoPageMayConnect() {
        assertThat(from("10.0.0.5").get(HANDSHAKE).statusCode()).isEqualTo(200);
        assertThat(from("10.0.0.5").header("Origin", "file://").get(HANDSHAKE).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusalsAreReadableToAllowedPages() {
        Response response = from("10.0.0.6").header("Origin", FRIEND).get(HANDSHAKE + "&sid=unknown");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
    }

    @Test
    void browserThatAsksFirstIsTold() {
        Response response = from("10.0.0.7")
                .header("Origin", FRIEND)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-token")
                .options(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(response.header("Access-Control-Allow-Methods")).isEqualTo("GET,POST");
        assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("x-token");
    }

    @Test
    void browserOfAnotherPageThatAsksFirstGetsNoPermission() {
        Response response = from("10.0.0.8")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .options(HANDSHAKE);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().asList())
                .noneMatch(header -> header.getName().startsWith("Access-Control"));
    }

    @Test
    void addressMayHaveSoManySessions() {
        String address = "10.0.1.1";
        String sid = sid(from(address).get(HANDSHAKE));
        from(address).get(HANDSHAKE);
        from(address).get(HANDSHAKE);

        Response fourth = from(address).get(HANDSHAKE);
        Response elsewhere = from("10.0.1.3").get(HANDSHAKE);

        assertThat(fourth.statusCode()).isEqualTo(429);
        assertThat(fourth.asString()).isEqualTo("{\"code\":4,\"message\":\"Too many connections\"}");
        assertThat(elsewhere.statusCode()).isEqualTo(200);
        sessions.session(sid).close(CloseReason.CLIENT_CLOSE);
        await().until(() -> from(address).get(HANDSHAKE).statusCode() == 200);
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("tandem_socketio_refused_total{reason=\"too_many_connections\"");
    }

    @Test
    void whoHasGoneBeforeTheAnswerHasNoSession() {
        String address = "10.0.1.4";
        EngineIoPeer peer = new EngineIoPeer(uri);

        IntStream.range(0, 200).forEach(i -> peer.askAndGo("EIO=4&transport=websocket", "X-Forwarded-For", address));

        await().until(() -> letsInAllThree(address));
    }

    private boolean letsInAllThree(String address) {
        List<Response> letIn = Stream.generate(() -> from(address).get(HANDSHAKE))
                .limit(3)
                .filter(response -> response.statusCode() == 200)
                .toList();
        letIn.forEach(this::leave);
        return letIn.size() == 3;
    }

    private static RequestSpecification from(String address) {
        return RestAssured.given().header("X-Forwarded-For", address);
    }

    /** At once, with nothing to fetch any more. */
    private void leave(Response response) {
        sessions.session(sid(response)).close(CloseReason.TRANSPORT_CLOSE);
    }

    private static String sid(Response response) {
        return EngineIoPeer.json(response.asString().substring(1)).path("sid").asText();
    }
}
