package dev.tandem.gateway;

import static dev.tandem.session.TestTokens.claims;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.node.TandemNode;
import dev.tandem.session.IdentityProfile;
import dev.tandem.session.TestTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The list of attacks, each on every door that it can be made on; what is not here is where this says.
 *
 * <ul>
 *   <li>somebody else named in a command, a body, a header or a URL: here, and {@link CredentialsOnAllDoorsTest}
 *   <li>a forged cookie; tokens without signature, expired, of or for others, signed by another key; wrong API keys: here, and in all
 *       the places where one can be shown {@link CredentialsOnAllDoorsTest}
 *   <li>a private room of others read, or told from one that is not there: {@link HiddenRoomTest}
 *   <li>users, sessions, keys and invitations told from those that are not there: here
 *   <li>a page of another origin: here, and with a list of friends {@link dev.tandem.origin.CrossOriginTest}
 *   <li>guessing of credentials and of passwords: here, and {@link dev.tandem.api.GuessingTest}
 *   <li>what is too large, or nested without end: here
 *   <li>what is no name in the place of a name: here, and at random {@link dev.tandem.api.ContractFuzzTest}
 *   <li>the key of another call: {@link dev.tandem.api.RepeatsTest}
 * </ul>
 */
@QuarkusTest
@TestProfile(AttackTest.Profile.class)
class AttackTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String STRANGER = "https://evil.example";
    private static final int GUESSES = 5;
    private static final int MOST_IN_A_URL = 1_000;
    private static final int RUN = ThreadLocalRandom.current().nextInt(0x10000);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Whoever is wrong too often is not listened to; who that is, a proxy says. */
    public static class Profile extends IdentityProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("tandem.limits.credentials", GUESSES + "/1h");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }

    @TestHTTPResource("/")
    URI uri;

    private final List<Visitor> visitors = new ArrayList<>();
    private final String room = "attack-" + RoomId.random();
    private static int addresses;

    @AfterEach
    void closeVisitors() {
        visitors.forEach(Visitor::close);
    }

    // Somebody else named.

    /** A command, and what it has to say; {@code other} is a third. In this order. */
    private static final List<String> COMMANDS = List.of(
            "create | {}",
            "update | {'topic':'t'}",
            "join | {}",
            "status | {'status':'away'}",
            "typing | {}",
            "send | {'text':'hi'}",
            "edit | {'seq':1,'text':'ho'}",
            "react | {'seq':1,'emoji':'+1'}",
            "read | {'seq':1}",
            "publish | {'name':'a'}",
            "role | {'user':'other','role':'member'}",
            "mute | {'user':'other'}",
            "ban | {'user':'other'}",
            "kick | {'user':'other'}",
            "invite | {}",
            "remove | {'seq':1}");

    @ParameterizedTest
    @EnumSource
    void nobodyActsAsAnotherByNamingThem(Door door) {
        Visitor victim = come(Door.HTTP);
        Visitor other = come(Door.HTTP);
        Visitor eve = come(door);
        Visitor witness = come(Door.WEBSOCKET);

        StringBuilder seen = new StringBuilder();
        for (String row : COMMANDS) {
            String[] parts = row.split(" \\| ");
            boolean isForSockets = Set.of("join", "status", "typing").contains(parts[0]);
            if (!isForSockets || eve.hasSocket()) {
                ObjectNode fields = claiming(victim.user());
                fields.setAll(json(parts[1].replace("'other'", "'" + other.user() + "'")));
                JsonNode answer = eve.say(parts[0], fields.put("room", room));
                assertThat(answer.path("ok").asBoolean())
                        .as("%s: %s", row, answer)
                        .isTrue();
                seen.append(answer);
            }
            if (parts[0].equals("create")) {
                assertThat(witness.outcome("join", about())).isEqualTo("ok");
            }
        }
        Peer told = witness.peer();
        await().until(() -> !told.events("removed").isEmpty());

        for (String part : List.of("", "/messages", "/roles", "/bans", "/mutes", "/members")) {
            seen.append(given().headers(eve.headers())
                    .get("/api/rooms/" + room + part)
                    .asString());
        }
        told.events().forEach(event -> seen.append(event.json()));
        assertThat(seen.toString()).contains(eve.user()).doesNotContain(victim.user());
        assertThat(told.events())
                .extracting(Peer.Event::name)
                .contains("message", "edited", "reacted", "event", "role");
        assertThat(told.events("message").get(0).path("author").path("id").asText())
                .isEqualTo(eve.user());
        assertThat(victim.say("unread", about()).path("items")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyButAKeyThatMayActsForAnother(Door door) {
        Visitor victim = come(Door.HTTP);

        for (Map<String, String> own : List.of(
                come(Door.HTTP).headers(),
                Map.of("Authorization", "Bearer " + TestTokens.of("eve")),
                Map.of("X-Api-Key", IdentityProfile.READER))) {
            Map<String, String> headers = new HashMap<>(own);
            headers.put("X-Tandem-User", victim.user());
            headers.put("X-Forwarded-For", address());
            assertThat(knock(door, headers)).as("%s", own.keySet()).isEqualTo(403);
        }
        String token = TestTokens.of("eve");
        if (door == Door.WEBSOCKET) {
            String auth = "{\"cmd\":\"auth\",\"token\":\"%s\",\"as\":\"%s\"}".formatted(token, victim.user());
            assertThat(answer(ws(), "error", auth)).contains("forbidden");
        } else if (door == Door.SOCKETIO) {
            String connect = "40{\"token\":\"%s\",\"as\":\"%s\"}".formatted(token, victim.user());
            assertThat(answer(engineIo(), "44{", connect)).contains("forbidden");
        }
    }

    /** All the names by which somebody could be meant. */
    private static ObjectNode claiming(String user) {
        ObjectNode claims = Peer.fields();
        for (String name : List.of(
                "userId",
                "user_id",
                "uid",
                "user",
                "as",
                "owner",
                "sender",
                "actor",
                "sub",
                "session",
                "X-Tandem-User")) {
            claims.put(name, user);
        }
        for (String name : List.of("author", "from", "by", "caller")) {
            claims.putObject(name).put("id", user).put("name", "Victim");
        }
        return claims;
    }

    // Wrong proof.

    static Stream<Arguments> wrongProof() {
        Map<String, String> proofs = new LinkedHashMap<>();
        proofs.put("token without signature", "Bearer " + TestTokens.unsigned(claims("ada", all -> {})));
        proofs.put("token of another key", "Bearer " + TestTokens.signed("x".repeat(40), claims("ada", all -> {})));
        proofs.put(
                "expired token",
                "Bearer "
                        + TestTokens.of("ada", all -> {
                            all.setIssuedAt(TestTokens.in(-120));
                            all.setExpirationTime(TestTokens.in(-60));
                        }));
        proofs.put("token for others", "Bearer " + TestTokens.of("ada", all -> all.setAudience("others")));
        proofs.put("token of others", "Bearer " + TestTokens.of("ada", all -> all.setIssuer(STRANGER)));
        proofs.put("token of nobody", "Bearer " + TestTokens.of("ada", all -> all.unsetClaim("sub")));
        proofs.put("key with a wrong secret", "Bearer tk_ops_the-secret-of-nobody-at-all");
        proofs.put("key that is not there", "Bearer tk_nokey_the-secret-of-the-admin-key");
        return Stream.of(Door.values())
                .flatMap(door ->
                        proofs.entrySet().stream().map(proof -> Arguments.of(door, proof.getKey(), proof.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongProof")
    void wrongProofIsRefused(Door door, String what, String authorization) {
        assertThat(knock(door, Map.of("Authorization", authorization, "X-Forwarded-For", address())))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void forgedCookieIsNobodys(Door door) {
        Visitor victim = come(Door.HTTP);
        String cookie = victim.headers().get("Cookie");
        String other = come(Door.HTTP).headers().get("Cookie");
        int signature = cookie.lastIndexOf('.');
        List<String> forged = List.of(
                cookie.substring(0, signature),
                cookie.substring(0, signature + 1),
                cookie.substring(0, signature) + other.substring(other.lastIndexOf('.')),
                cookie.substring(0, cookie.length() - 3) + "AAA",
                "connect.sid=" + victim.user(),
                cookie.replace("s%3A", "j%3A"),
                cookie.replace("connect.sid", "connect.SID"));

        assertThat(whoComes(door, cookie)).isEqualTo(victim.user());
        for (String each : forged) {
            assertThat(whoComes(door, each)).as(each).isNotEqualTo(victim.user());
        }
    }

    /** The id of the user whom that cookie lets in as. */
    private String whoComes(Door door, String cookie) {
        if (door == Door.HTTP) {
            return given().header("Cookie", cookie)
                    .contentType(ContentType.JSON)
                    .post("/api/session")
                    .path("user.id");
        }
        Map<String, String> header = Map.of("Cookie", cookie);
        try (Peer peer = door == Door.SOCKETIO ? SocketIoPeer.connect(uri, header) : PlainPeer.connect(ws(), header)) {
            await().until(() -> !peer.events("welcome").isEmpty());
            return peer.events("welcome").get(0).path("user").path("id").asText();
        }
    }

    // What is there told from what is not.

    @Test
    void usersOfOthersAreAsThoseThatAreNotThere() {
        Visitor eve = come(Door.HTTP);
        String there = come(Door.HTTP).user();
        String missing = RoomId.random().value();

        for (String operation : List.of(
                "PATCH /api/users/{user} {'name':'x'}",
                "DELETE /api/users/{user}",
                "POST /api/users/{user}/events {'name':'a'}",
                "POST /api/users/{user}/disconnect {}")) {
            String[] parts = operation.split(" ", 3);
            List<String> told = Stream.of(there, missing)
                    .map(user -> given().headers(eve.headers())
                            .contentType(ContentType.JSON)
                            .body(parts.length > 2 ? parts[2].replace('\'', '"') : "")
                            .request(parts[0], parts[1], user))
                    .map(response -> response.statusCode() + response.asString())
                    .toList();
            assertThat(told.get(0)).as(operation).startsWith("403").isEqualTo(told.get(1));
        }
    }

    @Test
    void sessionsThatEndedAreAsThoseThatNeverWere() {
        String ended = come(Door.HTTP).headers().get("Cookie");
        given().header("Cookie", ended).delete("/api/session").then().statusCode(204);
        String forged = ended.substring(0, ended.length() - 3) + "AAA";

        String afterTheEnd = told(given().header("Cookie", ended).get("/api/session"));

        assertThat(afterTheEnd)
                .startsWith("401")
                .isEqualTo(told(given().header("Cookie", forged).get("/api/session")))
                .isEqualTo(told(given().get("/api/session")));
    }

    @Test
    void keysThatAreNotThereAreAsThoseWithAnotherSecret() {
        String wrong = told(given().header("X-Forwarded-For", address())
                .header("X-Api-Key", "tk_ops_the-secret-of-nobody-at-all")
                .get("/api/session"));
        String missing = told(given().header("X-Forwarded-For", address())
                .header("X-Api-Key", "tk_nokey_the-secret-of-nobody-at-all")
                .get("/api/session"));

        assertThat(missing).startsWith("401").isEqualTo(wrong);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void invitationsThatAreUsedUpOrRevokedAreAsThoseThatNeverWere(Door door) {
        Visitor owner = come(Door.HTTP);
        owner.say("create", about().put("locked", true));
        String used = owner.say("invite", about().put("uses", 1)).path("token").asText();
        assertThat(come(door).outcome("join", about().put("invitation", used))).isEqualTo("ok");
        String afterUse = toldOf(door, used);
        String revoked = owner.say("invite", about()).path("token").asText();
        owner.say("revoke-invitations", about());

        assertThat(afterUse)
                .contains("invalid_invitation")
                .isEqualTo(toldOf(door, revoked))
                .isEqualTo(toldOf(door, "a-guess"));
    }

    private String toldOf(Door door, String invitation) {
        return come(door)
                .say("join", about().put("invitation", invitation))
                .path("error")
                .toString();
    }

    private static String told(Response response) {
        return response.statusCode() + " " + response.asString();
    }

    // Pages of others.

    @ParameterizedTest
    @EnumSource
    void pageOfAnotherOriginComesInByNoDoor(Door door) {
        Map<String, String> headers = new HashMap<>(come(Door.HTTP).headers());
        headers.put("Origin", STRANGER);

        int status = door == Door.HTTP
                ? given().headers(headers)
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .post("/api/rooms")
                        .statusCode()
                : knock(door, headers);

        assertThat(status).isEqualTo(403);
        if (door == Door.SOCKETIO) {
            assertThat(upgrade(engineIo(), headers)).isEqualTo(403);
        }
    }

    // Guessing.

    @ParameterizedTest
    @EnumSource
    void whoGuessesCredentialsIsNotListenedToAnyMore(Door door) {
        Map<String, String> guess = Map.of("X-Api-Key", "tk_ops_guess-after-guess", "X-Forwarded-For", address());
        Map<String, String> right =
                Map.of("X-Api-Key", IdentityProfile.ADMIN, "X-Forwarded-For", guess.get("X-Forwarded-For"));

        for (int i = 0; i < GUESSES; i++) {
            assertThat(knock(door, guess)).isEqualTo(401);
        }

        for (Door any : Door.values()) {
            assertThat(knock(any, guess)).isEqualTo(429);
            assertThat(knock(any, right)).isEqualTo(429);
        }
        assertThat(knock(door, Map.of("X-Api-Key", IdentityProfile.ADMIN, "X-Forwarded-For", address())))
                .isIn(101, 200);
    }

    @ParameterizedTest
    @EnumSource(names = "HTTP", mode = EnumSource.Mode.EXCLUDE)
    void whoGuessesTheWordOfARoomIsNotListenedToAnyMore(Door door) {
        come(Door.HTTP).say("create", about().put("password", "open sesame"));
        Visitor eve = come(door);

        for (int i = 0; i < 10; i++) {
            assertThat(eve.outcome("join", about().put("password", "guess " + i)))
                    .isEqualTo("wrong_password");
        }

        assertThat(eve.outcome("join", about().put("password", "open sesame"))).isEqualTo("rate_limited");
        assertThat(come(door).outcome("join", about().put("password", "open sesame")))
                .isEqualTo("ok");
    }

    // Too much.

    @ParameterizedTest
    @EnumSource
    void whatIsTooLargeIsRefused(Door door) {
        String text = "x".repeat(2 * 1024 * 1024 + 1);
        if (door == Door.HTTP) {
            HttpResponse<String> refused = post("{\"name\":\"" + text + "\"}");
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("\"code\":\"payload_too_large\"");
        } else {
            assertThat(closedAfter(door, text.substring(0, 1_000_001))).isEqualTo(1009);
        }
        assertThat(come(door).outcome("create", about())).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void nestingWithoutEndIsRefused(Door door) {
        String deep = "[".repeat(400_000);
        if (door == Door.HTTP) {
            HttpResponse<String> refused = post("{\"metadata\":{\"a\":" + deep);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"invalid_json\"");
        } else if (door == Door.WEBSOCKET) {
            assertThat(closedAfter(door, "{\"cmd\":\"send\",\"data\":" + deep)).isEqualTo(1007);
        } else {
            assertThat(closedAfter(door, "42[\"send\",{\"data\":" + deep)).isNotEqualTo(1006);
        }
        assertThat(come(door).outcome("create", about())).isEqualTo("ok");
    }

    private HttpResponse<String> post(String body) {
        return HTTP.sendAsync(
                        HttpRequest.newBuilder(uri.resolve("/api/rooms"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** With which code the server closes a connection on which that is said. */
    private int closedAfter(Door door, String frame) {
        URI where = door == Door.SOCKETIO ? engineIo() : ws();
        try (PlainPeer peer = PlainPeer.connect(where)) {
            if (door == Door.SOCKETIO) {
                peer.sendText("40");
            }
            peer.sendText(frame);
            return peer.closed().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    // No names.

    private static final Map<String, String> UNSEEN = Map.of(
            "end of line", "a\r\nSet-Cookie: x=y",
            "NUL", "a\u0000b",
            "turned around", "\u202Eadmin",
            "from right to left", "a\u200Fb",
            "without width", "a\u200Bb",
            "byte order mark", "\uFEFFa",
            "10 KB", "x".repeat(10_240));
    private static final Map<String, String> SIGNS = Map.of(
            "braces", "{a}",
            "closing brace", "a}b",
            "up", "..",
            "out", "../a",
            "slash", "a/b",
            "any", "*",
            "any of", "[ab]",
            "one", "a?b",
            "escaped", "%0d%0aa",
            "bar", "a|b");

    /** What is to be named, by what, and whether signs that can be seen are refused there too. */
    static Stream<Arguments> names() {
        List<String> rows = List.of(
                "room | room | {'room':?} | true",
                "new room | create | {'room':?} | true",
                "user | kick | {'user':?} | true",
                "user to be banned | ban | {'user':?} | true",
                "mention | send | {'text':'t','mentions':[?]} | true",
                "message | send | {'text':'t','id':?} | false",
                "reaction | react | {'seq':1,'emoji':?} | false",
                "event | publish | {'name':?} | false",
                "name of a room | update | {'name':?} | false");
        return Stream.of(Door.values()).flatMap(door -> rows.stream().map(row -> Arguments.of(door, row)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsNoNameIsRefused(Door door, String row) {
        String[] parts = row.split(" \\| ");
        Visitor eve = come(door);
        eve.say("create", about());
        if (eve.hasSocket()) {
            eve.say("join", about());
        }
        eve.say("send", about().put("text", "first"));
        Map<String, String> values = new LinkedHashMap<>(UNSEEN);
        if (parts[3].equals("true")) {
            values.putAll(SIGNS);
        }

        List<String> wrong = new ArrayList<>();
        values.forEach((what, value) -> {
            String outcome = outcome(eve, parts[1], parts[2], value);
            boolean isAnotherPath = value.equals("..")
                    && !eve.hasSocket()
                    && Set.of("room", "ban").contains(parts[1]);
            if (!outcome.equals(isAnotherPath ? "invalid_command" : "invalid_field")) {
                wrong.add(what + ": " + outcome);
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(eve.outcome("room", about())).isEqualTo("ok");
    }

    private String outcome(Visitor eve, String command, String template, String value) {
        ObjectNode fields = json(template.replace("?", "null"));
        if (fields.has("mentions")) {
            fields.putArray("mentions").add(value);
        } else {
            fields.fieldNames().forEachRemaining(name -> {
                if (fields.get(name).isNull()) {
                    fields.put(name, value);
                }
            });
        }
        if (!fields.has("room")) {
            fields.put("room", room);
        }
        if (eve.hasSocket()) {
            return eve.outcome(command, fields);
        }
        String rooms = "/api/rooms/";
        return switch (command) {
            case "room" -> outcome(eve, "GET", rooms + escaped(value));
            case "ban" -> outcome(eve, "PUT", rooms + room + "/bans/" + escaped(value));
            case "react" -> outcome(eve, "PUT", rooms + room + "/messages/1/reactions/" + escaped(value));
            default -> eve.outcome(command, fields);
        };
    }

    private static String outcome(Visitor eve, String method, String path) {
        return given().headers(eve.headers())
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body("{}")
                .request(method, path)
                .path("code");
    }

    /** As much of it as the server reads of a URL. */
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (byte each :
                value.substring(0, Math.min(value.length(), MOST_IN_A_URL)).getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(each));
        }
        return escaped.toString();
    }

    @ParameterizedTest
    @EnumSource
    void halfACharacterIsNoName(Door door) throws Exception {
        String fields = "{\"room\":\"%s\",\"id\":\"%s\",\"name\":\"\\ud800\"}".formatted(room, room);
        String answer = switch (door) {
            case HTTP ->
                given().contentType(ContentType.JSON)
                        .body(fields)
                        .post("/api/rooms")
                        .asString();
            case WEBSOCKET -> answer(ws(), "error", "{\"cmd\":\"create\"," + fields.substring(1));
            case SOCKETIO -> answer(engineIo(), "error", "40", "420[\"create\"," + fields + "]");
        };

        assertThat(answer).contains("invalid_field", "'name'");
        given().get("/api/rooms/{room}", room).then().statusCode(404);
    }

    /** The first that is said, of what has that in it. */
    private static String answer(URI where, String wanted, String... frames) {
        try (PlainPeer peer = PlainPeer.connect(where)) {
            for (String frame : frames) {
                peer.sendText(frame);
            }
            await().until(() -> said(peer, wanted).isPresent());
            return said(peer, wanted).orElseThrow();
        }
    }

    private static Optional<String> said(PlainPeer peer, String wanted) {
        return peer.events().stream()
                .map(event -> event.json().toString())
                .filter(text -> text.contains(wanted))
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("unseenNames")
    void userIsNotCalledWhatCannotBeSeen(String what, String name) {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", name))
                .post("/api/session")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_field"))
                .body("field", equalTo("name"));
    }

    static Stream<Arguments> unseenNames() {
        return UNSEEN.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void headersSayNothingBack(String header, String value) {
        Response response = given().header(header, value)
                .header("X-Forwarded-For", address())
                .contentType(ContentType.JSON)
                .body("{\"id\":\"" + room + "\"}")
                .patch("/api/rooms/{room}", room);

        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(response.headers().asList())
                .noneMatch(each ->
                        each.getValue().contains("evil") || each.getName().contains("evil"));
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                        "Idempotency-Key",
                        "X-Tandem-User",
                        "X-Api-Key",
                        "If-Match",
                        "Cookie",
                        "Origin",
                        "Last-Event-ID")
                .flatMap(header -> Stream.of("evil{a}", "evil%0d%0aevil: x", "../evil*", "evil " + "x".repeat(5_000))
                        .map(value -> Arguments.of(header, value)));
    }

    // How one comes in.

    /** The status with which a door answers. */
    private int knock(Door door, Map<String, String> headers) {
        return switch (door) {
            case HTTP ->
                given().headers(headers)
                        .contentType(ContentType.JSON)
                        .post("/api/session")
                        .statusCode();
            case SOCKETIO -> given().headers(headers).get(HANDSHAKE).statusCode();
            case WEBSOCKET -> upgrade(ws(), headers);
        };
    }

    private static int upgrade(URI where, Map<String, String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        try {
            builder.buildAsync(where, new WebSocket.Listener() {}).join().abort();
            return 101;
        } catch (CompletionException refused) {
            return ((WebSocketHandshakeException) refused.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    private URI ws() {
        return URI.create("ws://" + uri.getAuthority() + "/ws");
    }

    private URI engineIo() {
        return URI.create("ws://" + uri.getAuthority() + "/socket.io/?EIO=4&transport=websocket");
    }

    /** One from which nobody has come, in this run or another. */
    private String address() {
        addresses++;
        return "2001:db8:%x:%x::1".formatted(RUN, addresses);
    }

    private ObjectNode about() {
        return Peer.fields().put("room", room);
    }

    private Visitor come(Door door) {
        Visitor visitor = Visitor.come(uri, door);
        visitors.add(visitor);
        return visitor;
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) TandemNode.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }
}
