package dev.tandem.gateway;

import static dev.tandem.session.TestTokens.claims;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.session.IdentityProfile;
import dev.tandem.session.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that credentials count the same on all doors: HTTP, Socket.IO and the plain WebSocket. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class CredentialsOnAllDoorsTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @TestHTTPResource("/")
    URI uri;

    static Stream<Arguments> wrongCredentials() {
        return Stream.of(
                Arguments.of("nonsense", "nonsense"),
                Arguments.of("forged token", TestTokens.signed("x".repeat(40), claims("ada", all -> {}))),
                Arguments.of("unsigned token", TestTokens.unsigned(claims("ada", all -> {}))),
                Arguments.of("expired token", TestTokens.of("ada", all -> {
                    all.setIssuedAt(TestTokens.in(-120));
                    all.setExpirationTime(TestTokens.in(-60));
                })),
                Arguments.of("token for others", TestTokens.of("ada", all -> all.setAudience("others"))),
                Arguments.of("token of others", TestTokens.of("ada", all -> all.setIssuer("https://evil.example"))),
                Arguments.of("key with a wrong secret", "tk_ops_the-secret-of-nobody-at-all"),
                Arguments.of("key that is not there", "tk_nokey_the-secret-of-the-admin-key"),
                Arguments.of("key cut off", "tk_ops_"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void refusesOverHttp(String what, String token) {
        String room = newRoom();

        Response read = given().header("Authorization", "Bearer " + token).get("/api/rooms");
        Response posted = given().header("Authorization", "Bearer " + token)
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", room);
        Response byOtherHeader = given().header("X-Api-Key", token).get("/api/session");

        for (Response refused : List.of(read, posted, byOtherHeader)) {
            refused.then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("code", equalTo("unauthenticated"));
            assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(refused.header("Set-Cookie")).isNull();
            assertThat(refused.asString()).doesNotContain(token);
        }
        given().get("/api/rooms/{room}", room).then().body("seq", equalTo(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void refusesAtTheHandshakeOfSocketIo(String what, String token) {
        Response refused = given().header("Authorization", "Bearer " + token).get(HANDSHAKE);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(refused.header("Set-Cookie")).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void refusesWithAConnectErrorOfSocketIo(String what, String token) {
        assertThatThrownBy(() -> SocketIoPeer.connect(uri, Map.of("token", token), Map.of()))
                .hasStackTraceContaining("\"message\":\"unauthenticated\"")
                .hasStackTraceContaining("\"code\":\"unauthenticated\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void refusesAtTheHandshakeOfThePlainWebSocket(String what, String token) {
        assertThatThrownBy(() -> PlainPeer.connect(ws(), Map.of("Authorization", "Bearer " + token)))
                .hasStackTraceContaining("WebSocketHandshakeException");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void closesThePlainWebSocketOfAWrongSubProtocol(String what, String token) {
        try (PlainPeer peer = PlainPeer.connectWith(ws(), "tandem", "bearer." + token)) {
            assertThat(closed(peer)).isEqualTo(4401);
            assertThat(peer.events("welcome")).isEmpty();
            assertThat(peer.events("error").get(0).path("error").path("code").asText())
                    .isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCredentials")
    void closesThePlainWebSocketOfAWrongFirstMessage(String what, String token) {
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            JsonNode answer = Peer.await(peer.command("auth", Peer.fields().put("token", token)));

            assertThat(answer.path("error").path("code").asText()).isEqualTo("unauthenticated");
            assertThat(closed(peer)).isEqualTo(4401);
        }
    }

    @Test
    void takesATokenForTheSameUserOnAllDoors() {
        String token = TestTokens.of("ada", all -> all.setStringClaim("name", "Ada"));
        Map<String, String> header = Map.of("Authorization", "Bearer " + token);

        given().headers(header)
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("user.id", equalTo("ada"))
                .body("user.name", equalTo("Ada"))
                .body("kind", equalTo("token"));
        try (SocketIoPeer byHeader = SocketIoPeer.connect(uri, Map.of(), header);
                SocketIoPeer byAuth = SocketIoPeer.connect(uri, Map.of("token", token), Map.of());
                PlainPeer byPlainHeader = PlainPeer.connect(ws(), header);
                PlainPeer byProtocol = PlainPeer.connectWith(ws(), "tandem", "bearer." + token)) {
            for (Peer peer : List.of(byHeader, byAuth, byPlainHeader, byProtocol)) {
                assertThat(welcomed(peer).path("id").asText()).isEqualTo("ada");
                assertThat(welcomed(peer).path("name").asText()).isEqualTo("Ada");
            }
        }
    }

    @Test
    void takesATokenInTheFirstMessageForTheUser() {
        String room = newRoom();
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            JsonNode answer = Peer.await(peer.command("auth", Peer.fields().put("token", TestTokens.of("bob"))));
            peer.join(room);
            Peer.await(peer.send(room, "hi"));

            assertThat(answer.path("user").path("id").asText()).isEqualTo("bob");
            await().untilAsserted(() -> assertThat(peer.events("message")).hasSize(1));
            assertThat(peer.events("message").get(0).path("author").path("id").asText())
                    .isEqualTo("bob");
        }
    }

    @Test
    void carriesOutWhatIsSaidWhileATokenIsLookedAtAsItsUser() {
        String room = newRoom();
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            peer.command("auth", Peer.fields().put("token", TestTokens.of("eve")));
            peer.command("join", Peer.fields().put("room", room));
            Peer.await(peer.send(room, "hi"));

            await().untilAsserted(() -> assertThat(peer.events("message")).hasSize(1));
            assertThat(peer.events("message").get(0).path("author").path("id").asText())
                    .isEqualTo("eve");
        }
    }

    @Test
    void doesNotTakeATokenAfterAnotherMessage() {
        String room = newRoom();
        try (PlainPeer peer = PlainPeer.connect(ws())) {
            peer.join(room);

            JsonNode late = Peer.await(peer.command("auth", Peer.fields().put("token", TestTokens.of("ada"))));

            assertThat(late.path("error").path("code").asText()).isEqualTo("invalid_command");
            assertThat(Peer.await(peer.send(room, "still a guest")).path("ok").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void endsASocketWithItsToken() {
        String token = TestTokens.of("brief", all -> all.setExpirationTime(TestTokens.in(1)));
        try (PlainPeer plain = PlainPeer.connectWith(ws(), "tandem", "bearer." + token);
                SocketIoPeer socketIo = SocketIoPeer.connect(uri, Map.of("token", token), Map.of())) {
            assertThat(closed(plain)).isEqualTo(4401);
            assertThat(socketIo.disconnected().orTimeout(20, TimeUnit.SECONDS).join())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "authorization", "auth", "api_key", "userId", "user"})
    void believesNothingInAUrl(String parameter) {
        String token = TestTokens.of("ada");

        given().queryParam(parameter, token).get("/api/session").then().statusCode(401);
        try (PlainPeer peer = PlainPeer.connect(URI.create(ws() + "?" + parameter + "=" + token));
                SocketIoPeer socketIo = SocketIoPeer.connect(URI.create(uri + "?" + parameter + "=" + token))) {
            assertThat(welcomed(peer).path("id").asText()).isNotEqualTo("ada");
            assertThat(welcomed(socketIo).path("id").asText()).isNotEqualTo("ada");
        }
    }

    @Test
    void believesNoUserThatAClientNames() {
        String room = newRoom();
        Map<String, String> claimed = Map.of("userId", "ada", "user", "ada");
        try (SocketIoPeer socketIo = SocketIoPeer.connect(uri, claimed, Map.of());
                PlainPeer plain = PlainPeer.connect(ws())) {
            List.of(socketIo, plain).forEach(peer -> peer.join(room));
            for (Peer peer : List.of(socketIo, plain)) {
                Peer.await(peer.command(
                        "send",
                        Peer.fields()
                                .put("room", room)
                                .put("text", "hi")
                                .put("userId", "ada")
                                .put("author", "ada")));
            }
            await().untilAsserted(() -> assertThat(plain.events("message")).hasSize(2));
            assertThat(plain.events("message"))
                    .noneMatch(message -> message.path("author").toString().contains("ada"));
        }
    }

    @Test
    void letsAKeyActForAUser() {
        given().header("Authorization", "Bearer " + IdentityProfile.PUBLISHER)
                .header("X-Tandem-User", "customer-7")
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/{room}/messages", newRoom())
                .then()
                .statusCode(201)
                .body("author.id", equalTo("customer-7"));
        Map<String, String> auth = Map.of("token", IdentityProfile.PUBLISHER, "as", "customer-7");
        try (SocketIoPeer socketIo = SocketIoPeer.connect(uri, auth, Map.of())) {
            assertThat(welcomed(socketIo).path("id").asText()).isEqualTo("customer-7");
        }
    }

    @Test
    void letsNobodyElseActForAUser() {
        for (String header : List.of("Bearer " + TestTokens.of("ada"), "Bearer " + IdentityProfile.READER)) {
            given().header("Authorization", header)
                    .header("X-Tandem-User", "customer-7")
                    .get("/api/session")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
        given().header("X-Tandem-User", "customer-7").get("/api/session").then().statusCode(403);
    }

    private URI ws() {
        return URI.create("ws://" + uri.getAuthority() + "/ws");
    }

    private static JsonNode welcomed(Peer peer) {
        await().until(() -> !peer.events("welcome").isEmpty());
        return peer.events("welcome").get(0).path("user");
    }

    private static int closed(PlainPeer peer) {
        return peer.closed().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static String newRoom() {
        return given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/rooms")
                .path("id");
    }
}
