package dev.tandem.gateway;

import static dev.tandem.node.Peer.fields;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.gateway.Visitor.Door;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.session.IdentityProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that API keys are kept to their scopes on sockets as over HTTP, with the same code. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class KeyScopesTest {
    private static final String FORBIDDEN = "forbidden";

    @TestHTTPResource("/")
    URI uri;

    private final String room = RoomId.random().value();

    /** What becomes of: join, members, send, react, typing, publish, update, unmute, create, delete. */
    static Stream<Arguments> keys() {
        return Stream.of(Door.SOCKETIO, Door.WEBSOCKET)
                .flatMap(door -> Stream.of(
                        Arguments.of(door, IdentityProfile.READER, "++--------"),
                        Arguments.of(door, IdentityProfile.PUBLISHER, "--+++++++-"),
                        Arguments.of(door, IdentityProfile.MODERATOR, "++----++-+"),
                        Arguments.of(door, IdentityProfile.ADMIN, "++++++++++")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keepsAKeyToItsScopes(Door door, String key, String may) {
        given().contentType(ContentType.JSON).body(Map.of("id", room)).post("/api/rooms");
        given().contentType(ContentType.JSON).body(Map.of("text", "a")).post("/api/rooms/{room}/messages", room);
        List<String> commands = List.of(
                "join", "members", "send", "react", "typing", "publish", "update", "unmute", "create", "delete");
        try (Peer peer = come(door, key)) {
            for (int i = 0; i < commands.size(); i++) {
                String command = commands.get(i);
                String code = outcome(peer, command);

                if (may.charAt(i) == '-') {
                    assertThat(code).as(command).isEqualTo(FORBIDDEN);
                } else {
                    assertThat(code).as(command).isNotEqualTo(FORBIDDEN);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Door.class,
            names = {"SOCKETIO", "WEBSOCKET"})
    void keyThatModeratesIsAnOperator(Door door) {
        String owner =
                given().contentType(ContentType.JSON).post("/api/session").header("Set-Cookie");
        given().header("Cookie", owner.split(";")[0])
                .contentType(ContentType.JSON)
                .body(Map.of("id", room))
                .post("/api/rooms");
        try (Peer moderator = come(door, IdentityProfile.MODERATOR);
                Peer publisher = come(door, IdentityProfile.PUBLISHER)) {
            assertThat(outcome(publisher, "update")).isEqualTo(FORBIDDEN);
            assertThat(outcome(moderator, "update")).isEqualTo("ok");
            assertThat(outcome(moderator, "delete")).isEqualTo("ok");
        }
    }

    private Peer come(Door door, String key) {
        return door == Door.SOCKETIO
                ? SocketIoPeer.connect(uri, Map.of("token", key), Map.of())
                : PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"), Map.of("X-Api-Key", key));
    }

    private String outcome(Peer peer, String command) {
        ObjectNode said = fields().put("text", "t")
                .put("name", "n")
                .put("seq", 1)
                .put("emoji", "x")
                .put("user", "somebody");
        if (!command.equals("create")) {
            said.put("room", room);
        }
        JsonNode answer = Peer.await(peer.command(command, said));
        return answer.path("ok").asBoolean()
                ? "ok"
                : answer.path("error").path("code").asText();
    }
}
