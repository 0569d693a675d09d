package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies that both doors speak the same vocabulary: commands, answers, events and failures of the contract. */
@QuarkusTest
class DoorsTest {

    enum Kind {
        SOCKETIO,
        /** Long-polling and nothing else. */
        SOCKETIO_POLLING,
        /** As official clients do it: long-polling first, then a WebSocket. */
        SOCKETIO_UPGRADE,
        WEBSOCKET
    }

    @TestHTTPResource("/")
    URI uri;

    private final List<Peer> peers = new ArrayList<>();
    private String room;

    @BeforeEach
    void createRoom() {
        room = "doors-" + UUID.randomUUID();
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("id", room))
                .post("/api/rooms")
                .then()
                .statusCode(201);
    }

    @AfterEach
    void closePeers() {
        peers.forEach(Peer::close);
    }

    @ParameterizedTest
    @EnumSource
    void welcomesWithAnIdentityMintedByTheServer(Kind kind) {
        Peer peer = connect(kind);

        await().until(() -> !peer.events().isEmpty());

        JsonNode welcome = peer.events("welcome").get(0);
        assertThat(peer.events().get(0).name()).isEqualTo("welcome");
        assertThat(welcome.path("user").path("id").asText()).isNotEmpty();
        assertThat(welcome.path("user").path("name").asText()).startsWith("guest-");
        assertThat(welcome.path("node").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void joinIsAnsweredWithWhereTheRoomStands(Kind kind) {
        JsonNode answer = connect(kind).join(room);

        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("room").asText()).isEqualTo(room);
        assertThat(answer.path("seq").asLong()).isZero();
        assertThat(answer.path("epoch").asText()).isNotEmpty();
        assertThat(answer.path("members").asLong()).isEqualTo(1);
        assertThat(answer.path("recovered").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void messageReachesEverybodyTheSenderToo(Kind kind) {
        Peer sender = joined(kind);
        Peer plain = joined(Kind.WEBSOCKET);
        Peer socketIo = joined(Kind.SOCKETIO);

        ObjectNode fields = Peer.fields()
                .put("room", room)
                .put("text", "héllo \"world\" \uD83D\uDE00\u2028")
                .put("id", "m-1");
        fields.putObject("data").put("color", "red");
        JsonNode answer = Peer.await(sender.command("send", fields));

        assertThat(answer.path("seq").asLong()).isEqualTo(1);
        assertThat(answer.path("id").asText()).isEqualTo("m-1");
        assertThat(answer.path("room").asText()).isEqualTo(room);
        assertThat(answer.path("at").asText()).endsWith("Z");
        for (Peer peer : List.of(sender, plain, socketIo)) {
            await().until(() -> peer.seqs(room).equals(List.of(1L)));
            JsonNode message = peer.events("message").get(0);
            assertThat(message.path("text").asText()).isEqualTo("héllo \"world\" \uD83D\uDE00\u2028");
            assertThat(message.path("data").path("color").asText()).isEqualTo("red");
            assertThat(message.path("id").asText()).isEqualTo("m-1");
            assertThat(message.path("at")).isEqualTo(answer.path("at"));
            assertThat(message.path("author"))
                    .isEqualTo(sender.events("welcome").get(0).path("user"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void repeatedIdIsHarmless(Kind kind) {
        Peer peer = joined(kind);
        ObjectNode fields = Peer.fields().put("room", room).put("text", "once").put("id", "same");
        JsonNode first = Peer.await(peer.command("send", fields));

        JsonNode second = Peer.await(peer.command("send", fields));
        JsonNode other = Peer.await(peer.send(room, "other"));

        assertThat(second.path("seq")).isEqualTo(first.path("seq"));
        assertThat(second.path("at")).isEqualTo(first.path("at"));
        assertThat(other.path("seq").asLong()).isEqualTo(2);
        await().until(() -> peer.seqs(room).size() == 2);
        assertThat(peer.seqs(room)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource
    void othersAreToldWhoComesAndGoes(Kind kind) {
        Peer watcher = joined(kind);
        Peer guest = joined(kind);
        JsonNode user = guest.events("welcome").get(0).path("user");
        await().until(() -> watcher.events("joined").size() == 1);

        guest.leave(room);

        await().until(() -> watcher.events("left").size() == 1);
        assertThat(watcher.events("joined").get(0).path("user")).isEqualTo(user);
        assertThat(watcher.events("joined").get(0).path("members").asLong()).isEqualTo(2);
        assertThat(watcher.events("left").get(0).path("user")).isEqualTo(user);
        assertThat(watcher.events("left").get(0).path("members").asLong()).isEqualTo(1);
        assertThat(guest.events("joined")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsHeardAfterLeaving(Kind kind) {
        Peer sender = joined(kind);
        Peer gone = joined(kind);
        JsonNode answer = gone.leave(room);

        Peer.await(sender.send(room, "later"));

        await().until(() -> sender.seqs(room).size() == 1);
        Peer.await(gone.command("room", Peer.fields().put("room", room)));
        assertThat(answer.path("room").asText()).isEqualTo(room);
        assertThat(gone.seqs(room)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void commandsThatDoNotWaitForEachOtherKeepTheirOrder(Kind kind) {
        Peer peer = connect(kind);

        CompletableFuture<JsonNode> join = peer.command("join", Peer.fields().put("room", room));
        List<CompletableFuture<JsonNode>> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sends.add(peer.send(room, "m" + i));
        }

        assertThat(Peer.await(join).path("ok").asBoolean()).isTrue();
        List<Long> numbers = sends.stream()
                .map(answer -> Peer.await(answer).path("seq").asLong())
                .toList();
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    /** The upgrade waits for the session, and must not go on elsewhere than where frames are read. */
    @ParameterizedTest
    @EnumSource
    void commandRightAfterTheOpeningIsNeverLost(Kind kind) {
        List<CompletableFuture<JsonNode>> joins = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            joins.add(connect(kind).command("join", Peer.fields().put("room", room)));
        }

        assertThat(joins)
                .allSatisfy(join ->
                        assertThat(Peer.await(join).path("ok").asBoolean()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void joinWithSinceBringsWhatWasMissed(Kind kind) {
        Peer sender = joined(kind);
        for (int i = 0; i < 10; i++) {
            Peer.await(sender.send(room, "m" + i));
        }
        Peer later = connect(kind);

        JsonNode answer =
                Peer.await(later.command("join", Peer.fields().put("room", room).put("since", 4)));
        Peer.await(sender.send(room, "new"));

        assertThat(answer.path("recovered").asBoolean()).isTrue();
        assertThat(answer.path("seq").asLong()).isEqualTo(10);
        await().until(() -> later.seqs(room).size() == 7);
        assertThat(later.seqs(room)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @ParameterizedTest
    @EnumSource
    void joinWithAnotherPastIsNotRecovered(Kind kind) {
        Peer sender = joined(kind);
        Peer.await(sender.send(room, "hello"));
        Peer later = connect(kind);

        JsonNode answer = Peer.await(later.command(
                "join", Peer.fields().put("room", room).put("since", 0).put("epoch", "another")));

        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.path("recovered").asBoolean()).isFalse();
        assertThat(answer.path("seq").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void deletedRoomPutsItsMembersOut(Kind kind) {
        Peer peer = joined(kind);

        RestAssured.delete("/api/rooms/" + room).then().statusCode(204);

        await().until(() -> peer.events("deleted").size() == 1);
        assertFailure(Peer.await(peer.send(room, "hello")), "room_not_found", "room");
    }

    @ParameterizedTest
    @EnumSource
    void wrongCommandsAreRefusedAndTheConnectionStays(Kind kind) {
        Peer peer = connect(kind);
        String other = room + "x";

        assertFailure(peer.join(other), "room_not_found", "room");
        assertFailure(Peer.await(peer.send(other, "hi")), "room_not_found", "room");
        assertFailure(Peer.await(peer.send(room, "hi")), "not_a_member", "room");
        assertFailure(peer.leave(room), "not_a_member", "room");
        assertFailure(peer.join("no {braces}"), "invalid_field", "room");
        assertFailure(peer.join("line\r\nbreak"), "invalid_field", "room");
        assertFailure(Peer.await(peer.command("join", Peer.fields())), "invalid_field", "room");
        assertFailure(Peer.await(peer.command("join", Peer.fields().put("room", 7))), "invalid_field", "room");
        assertFailure(Peer.await(peer.command("dance", Peer.fields().put("room", room))), "invalid_command", null);
        assertFailure(
                Peer.await(peer.command("join", Peer.fields().put("room", room).put("since", -1))),
                "invalid_field",
                "since");
        assertFailure(
                Peer.await(peer.command("join", Peer.fields().put("room", room).put("since", "1"))),
                "invalid_field",
                "since");
        assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
        assertFailure(peer.join(room), "already_joined", "room");
        assertFailure(Peer.await(peer.command("send", Peer.fields().put("room", room))), "invalid_field", "text");
        assertFailure(Peer.await(peer.send(room, "")), "invalid_field", "text");
        assertFailure(Peer.await(peer.send(room, "x".repeat(4001))), "text_too_long", "text");
        assertFailure(
                Peer.await(peer.command(
                        "send", Peer.fields().put("room", room).put("text", "a").put("id", "a b"))),
                "invalid_field",
                "id");
        assertThat(Peer.await(peer.send(room, "x".repeat(4000))).path("ok").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void commandWithoutAckIsCarriedOutAllTheSame(Kind kind) {
        Peer peer = joined(kind);

        if (peer instanceof PlainPeer plain) {
            plain.sendText("{\"cmd\":\"send\",\"room\":\"" + room + "\",\"text\":\"unasked\"}");
        } else {
            ((SocketIoPeer) peer).socket().emit("send", new JSONObject(Map.of("room", room, "text", "unasked")));
        }

        await().until(() -> peer.seqs(room).equals(List.of(1L)));
        assertThat(peer.events("error")).isEmpty();
    }

    @Test
    void clientThatMayOnlyPollNeverLeavesPolling() {
        SocketIoPeer peer = (SocketIoPeer) joined(Kind.SOCKETIO_POLLING);

        Peer.await(peer.send(room, "hello"));

        assertThat(peer.lastTransport()).isEqualTo("polling");
    }

    @Test
    void clientChangesToAWebSocketAndMissesNothing() {
        SocketIoPeer peer = (SocketIoPeer) joined(Kind.SOCKETIO_UPGRADE);
        Peer sender = joined(Kind.WEBSOCKET);

        await().until(() -> {
            Peer.await(sender.send(room, "hello"));
            return peer.lastTransport().equals("websocket");
        });

        long last = Peer.await(sender.send(room, "last")).path("seq").asLong();
        await().until(() -> peer.seqs(room).contains(last));
        assertThat(peer.seqs(room))
                .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    }

    @Test
    void plainCommandWithoutRefIsAnsweredOnlyIfItFails() {
        PlainPeer peer = (PlainPeer) connect(Kind.WEBSOCKET);

        peer.sendText("{\"cmd\":\"join\",\"room\":\"" + room + "x\"}");

        await().until(() -> peer.events("error").size() == 1);
        assertFailure(peer.events("error").get(0), "room_not_found", "room");
        assertThat(peer.events("error").get(0).has("ref")).isFalse();
    }

    @Test
    void plainFrameThatIsNotJsonClosesWith1007() {
        PlainPeer peer = (PlainPeer) connect(Kind.WEBSOCKET);

        peer.sendText("{\"cmd\":");

        assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1007);
        assertFailure(peer.events("error").get(0), "invalid_json", null);
    }

    @Test
    void plainFrameThatIsNotAnObjectIsRefusedAndTheConnectionStays() {
        PlainPeer peer = (PlainPeer) connect(Kind.WEBSOCKET);

        peer.sendText("[1]");

        await().until(() -> peer.events("error").size() == 1);
        assertFailure(peer.events("error").get(0), "invalid_command", "cmd");
        assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
    }

    @Test
    void plainBinaryFrameClosesWith1007() {
        PlainPeer peer = (PlainPeer) connect(Kind.WEBSOCKET);

        peer.sendBinary(new byte[] {1, 2, 3});

        assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1007);
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKETIO", "WEBSOCKET"})
    void frameThatIsTooBigClosesWith1009(Kind kind) {
        PlainPeer peer =
                PlainPeer.connect(kind == Kind.WEBSOCKET ? ws("/ws") : ws("/socket.io/?EIO=4&transport=websocket"));
        peers.add(peer);

        peer.sendText("\"" + "x".repeat(1_000_001) + "\"");

        assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1009);
    }

    @Test
    void malformedEngineIoFrameClosesThatConnectionOnly() {
        Peer bystander = joined(Kind.SOCKETIO);
        PlainPeer peer = PlainPeer.connect(ws("/socket.io/?EIO=4&transport=websocket"));
        peers.add(peer);

        peer.sendText("nonsense");

        assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1002);
        assertThat(Peer.await(bystander.send(room, "still here")).path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void malformedSocketIoPacketClosesThatConnection() {
        PlainPeer peer = PlainPeer.connect(ws("/socket.io/?EIO=4&transport=websocket"));
        peers.add(peer);
        peer.sendText("40");

        peer.sendText("42{\"not\":\"an array\"}");

        assertThat(peer.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(1002);
    }

    @Test
    void sameCookieIsTheSameUserOnEveryDoor() {
        String cookie = RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("text", "hi"))
                .post("/api/rooms/" + room + "/messages")
                .header("Set-Cookie")
                .split(";")[0];
        String author = RestAssured.get("/api/rooms/" + room + "/messages").path("items[0].author.id");

        PlainPeer plain = PlainPeer.connect(ws("/ws"), Map.of("Cookie", cookie));
        peers.add(plain);

        await().until(() -> !plain.events("welcome").isEmpty());
        assertThat(plain.events("welcome").get(0).path("user").path("id").asText())
                .isEqualTo(author);
    }

    @Test
    void forgedCookieIsAnotherUser() {
        PlainPeer plain = PlainPeer.connect(ws("/ws"), Map.of("Cookie", "connect.sid=s%3Aabc.forged"));
        peers.add(plain);

        await().until(() -> !plain.events("welcome").isEmpty());

        assertThat(plain.events("welcome").get(0).path("user").path("name").asText())
                .startsWith("guest-");
    }

    private Peer joined(Kind kind) {
        Peer peer = connect(kind);
        assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
        return peer;
    }

    private Peer connect(Kind kind) {
        Peer peer = open(kind);
        peers.add(peer);
        return peer;
    }

    private Peer open(Kind kind) {
        return switch (kind) {
            case SOCKETIO -> SocketIoPeer.connect(uri);
            case SOCKETIO_POLLING -> SocketIoPeer.connect(uri, "polling");
            case SOCKETIO_UPGRADE -> SocketIoPeer.connect(uri, "polling", "websocket");
            case WEBSOCKET -> PlainPeer.connect(ws("/ws"));
        };
    }

    private URI ws(String path) {
        return URI.create("ws://" + uri.getAuthority() + path);
    }

    private static void assertFailure(JsonNode answer, String code, String field) {
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(answer.path("error").path("code").asText()).isEqualTo(code);
        assertThat(answer.path("error").path("message").asText()).isNotEmpty();
        assertThat(answer.path("error").path("field").asText(null)).isEqualTo(field);
    }
}
