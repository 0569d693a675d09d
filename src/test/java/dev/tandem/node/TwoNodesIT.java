package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Verifies that two nodes on one Redis are one place: clients of all three kinds, spread over both, see every message exactly
 * once and in the same order, and each node holds its two connections and no more.
 */
class TwoNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SOCKETS_OF_EACH_KIND = 40;
    private static final int HTTP_CLIENTS = 20;
    private static final int MESSAGES = 1_000;

    private static RedisProcess redis;
    private static RedisConsole console;
    private static TandemNode ada;
    private static TandemNode ben;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        console = redis.console();
        ada = TandemNode.start("ada", redis, Map.of());
        ben = TandemNode.start("ben", redis, Map.of());
    }

    @AfterAll
    static void stop() {
        ada.close();
        ben.close();
        console.close();
        redis.close();
    }

    @Test
    void everybodySeesEveryMessageOnceAndInTheSameOrder() {
        String room = ada.createRoom("crowd");
        List<Peer> peers = connectAndJoin(room);
        try {
            List<CompletableFuture<Long>> acked = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                acked.add(sendThroughSomeDoor(peers, room, i));
            }
            List<Long> numbers =
                    acked.stream().map(CompletableFuture::join).sorted().toList();

            List<Long> all = LongStream.rangeClosed(1, MESSAGES).boxed().toList();
            assertThat(numbers)
                    .as("every message was acknowledged with a number of its own")
                    .isEqualTo(all);
            for (Peer peer : peers) {
                await().atMost(PATIENCE).until(() -> peer.seqs(room).size() >= MESSAGES);
                assertThat(peer.seqs(room)).isEqualTo(all);
            }
            assertThat(texts(peers.get(0).events("message"))).isEqualTo(texts(ben.history(room)));
            assertThat(peers)
                    .allSatisfy(
                            peer -> assertThat(texts(peer.events("message"))).isEqualTo(texts(ada.history(room))));
            assertThat(console.tandemConnections()).isEqualTo(connectionsOfBoth());
            assertThat(console.otherConnections()).isEqualTo(4);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    @Test
    void membersOnBothNodesAreCountedTogether() {
        String room = ada.createRoom("members");
        try (Peer one = PlainPeer.connect(ada.webSocketUri("/ws"));
                Peer other = SocketIoPeer.connect(ben.uri("/"))) {
            one.join(room);
            JsonNode answer = other.join(room);

            assertThat(answer.path("members").asLong()).isEqualTo(2);
            await().atMost(PATIENCE).until(() -> one.events("joined").size() == 1);
            assertThat(one.events("joined").get(0).path("members").asLong()).isEqualTo(2);
            assertThat(ada.members(room)).isEqualTo(2);
            assertThat(ben.members(room)).isEqualTo(2);

            other.close();

            await().atMost(PATIENCE).until(() -> one.events("left").size() == 1);
            assertThat(one.events("left").get(0).path("members").asLong()).isEqualTo(1);
        }
    }

    @Test
    void nodeWithoutMembersListensToNothingOfTheRoom() {
        String room = ada.createRoom("quiet");
        try (Peer peer = PlainPeer.connect(ada.webSocketUri("/ws"))) {
            peer.join(room);

            assertThat(listeners(room)).isEqualTo(1);

            peer.leave(room);

            await().atMost(PATIENCE).until(() -> listeners(room) == 0);
        }
    }

    @Test
    void whoWatchesTheListHearsOfRoomsOfTheOtherNode() {
        try (Peer watcher = SocketIoPeer.connect(ada.uri("/"));
                Peer member = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            Peer.await(watcher.command("watch", Peer.fields()));
            assertThat(onChannel("tandem:lobby")).isEqualTo(1);

            String room = ben.createRoom("watched");
            member.join(room);

            await().atMost(PATIENCE).until(() -> about(watcher, "listed", room).size() == 1);
            await().atMost(PATIENCE).until(() -> watcher.counts(room).contains(1L));

            assertThat(ben.delete("/api/rooms/" + room).statusCode()).isEqualTo(204);

            await().atMost(PATIENCE)
                    .until(() -> about(watcher, "unlisted", room).size() == 1);
            Peer.await(watcher.command("unwatch", Peer.fields()));
            await().atMost(PATIENCE).until(() -> onChannel("tandem:lobby") == 0);
        }
    }

    @Test
    void whatIsReadOnOneNodeIsToldToTheUsersDeviceOnTheOther() {
        String room = ada.createRoom("read");
        String cookie = ada.post("/api/rooms/" + room + "/messages", "{\"text\":\"hi\"}")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        try (Peer reading = PlainPeer.connect(ada.webSocketUri("/ws"), Map.of("Cookie", cookie));
                Peer other = SocketIoPeer.connect(ben.uri("/"), Map.of("Cookie", cookie));
                Peer stranger = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            other.welcomed();
            List.of(reading, stranger).forEach(peer -> peer.join(room));
            Peer.await(reading.command("read", Peer.fields().put("room", room).put("seq", 1)));

            await().atMost(PATIENCE).until(() -> other.events("read").size() == 1);
            assertThat(other.events("read").get(0).path("seq").asLong()).isEqualTo(1);
            sayAfterwards(reading, room, stranger);
            assertThat(reading.events("read")).isEmpty();
            assertThat(stranger.events("read")).isEmpty();
        }
    }

    @Test
    void missedMessagesFollowTheJoinOnAnotherNode() {
        String room = ada.createRoom("missed");
        try (Peer first = PlainPeer.connect(ada.webSocketUri("/ws"));
                Peer later = SocketIoPeer.connect(ben.uri("/"))) {
            String epoch = first.join(room).path("epoch").asText();
            for (int i = 0; i < 5; i++) {
                Peer.await(first.send(room, "m" + i));
            }

            JsonNode answer = Peer.await(later.command(
                    "join", Peer.fields().put("room", room).put("since", 2).put("epoch", epoch)));

            assertThat(answer.path("recovered").asBoolean()).isTrue();
            await().atMost(PATIENCE).until(() -> later.seqs(room).size() == 3);
            assertThat(later.seqs(room)).containsExactly(3L, 4L, 5L);
        }
    }

    @Test
    void whoIsKickedLeavesOnTheOtherNode() {
        String room = ada.createRoom("kicked");
        try (Peer moderator = PlainPeer.connect(ada.webSocketUri("/ws"));
                PlainPeer first = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            moderator.join(room);
            first.join(room);
            await().atMost(PATIENCE).until(() -> first.events("welcome").size() == 1);
            String user = first.events("welcome").get(0).path("user").path("id").asText();

            JsonNode answer = Peer.await(moderator.command(
                    "kick", Peer.fields().put("room", room).put("user", user).put("reason", "noise")));

            assertThat(answer.path("connections").asInt()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> first.events("kicked").size() == 1);
            await().atMost(PATIENCE).until(() -> moderator.events("left").size() == 1);
            assertThat(first.events("kicked").get(0).path("reason").asText()).isEqualTo("noise");
            assertThat(ada.members(room)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> listeners(room) == 1);
            Peer.await(moderator.send(room, "later"));
            assertThat(Peer.await(first.send(room, "hi"))
                            .path("error")
                            .path("code")
                            .asText())
                    .isEqualTo("not_a_member");
            assertThat(first.seqs(room)).isEmpty();
        }
    }

    @Test
    void whoIsBannedOnOneNodeComesInOnNone() {
        String room = ada.createRoom("banned");
        try (Peer moderator = SocketIoPeer.connect(ada.uri("/"));
                Peer banned = SocketIoPeer.connect(ben.uri("/"))) {
            moderator.join(room);
            banned.join(room);
            await().atMost(PATIENCE).until(() -> banned.events("welcome").size() == 1);
            String user =
                    banned.events("welcome").get(0).path("user").path("id").asText();

            Peer.await(moderator.command("ban", Peer.fields().put("room", room).put("user", user)));

            await().atMost(PATIENCE).until(() -> banned.events("banned").size() == 1);
            assertThat(banned.join(room).path("error").path("code").asText()).isEqualTo("banned");
            await().atMost(PATIENCE).until(() -> ben.members(room) == 1);
        }
    }

    @Test
    void userIsToldDirectlyOnTheOtherNode() {
        String cookie = ada.newSession();
        Map<String, String> header = Map.of("Cookie", cookie);
        try (Peer plain = PlainPeer.connect(ben.webSocketUri("/ws"), header);
                Peer socketIo = SocketIoPeer.connect(ben.uri("/"), header);
                Peer stranger = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            String user = user(plain);
            user(socketIo);
            String room = ada.createRoom("direct");
            stranger.join(room);

            assertThat(ada.post(
                                    "/api/users/" + user + "/events",
                                    "{\"name\":\"invoice.paid\",\"data\":{\"n\":7}}",
                                    cookie)
                            .statusCode())
                    .isEqualTo(202);

            for (Peer peer : List.of(plain, socketIo)) {
                await().atMost(PATIENCE).until(() -> peer.events("direct").size() == 1);
                JsonNode told = peer.events("direct").get(0);
                assertThat(told.path("name").asText()).isEqualTo("invoice.paid");
                assertThat(told.path("data").path("n").asInt()).isEqualTo(7);
                assertThat(told.path("from").path("id").asText()).isEqualTo(user);
            }
            sayAfterwards(stranger, room);
            assertThat(stranger.events("direct")).isEmpty();
        }
    }

    @Test
    void userIsDisconnectedOnTheOtherNodeAndMayComeAgain() {
        String room = ada.createRoom("disconnected");
        String cookie = ada.newSession();
        Map<String, String> header = Map.of("Cookie", cookie);
        try (Peer watcher = PlainPeer.connect(ada.webSocketUri("/ws"));
                PlainPeer plain = PlainPeer.connect(ben.webSocketUri("/ws"), header);
                SocketIoPeer socketIo = SocketIoPeer.connect(ben.uri("/"), header);
                PlainPeer stranger = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            List.of(watcher, plain, socketIo, stranger).forEach(peer -> peer.join(room));

            assertThat(ada.post("/api/users/" + user(plain) + "/disconnect", "{}", cookie)
                            .statusCode())
                    .isEqualTo(202);

            assertThat(plain.closed().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4403);
            assertThat(socketIo.disconnected().orTimeout(10, TimeUnit.SECONDS).join())
                    .isEqualTo("io server disconnect");
            await().atMost(PATIENCE).until(() -> watcher.events("left").size() == 1);
            assertThat(ada.members(room)).isEqualTo(2);
            sayAfterwards(stranger, room);
            assertThat(stranger.closed()).isNotDone();
            try (Peer again = PlainPeer.connect(ben.webSocketUri("/ws"), header)) {
                assertThat(again.join(room).path("ok").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void statusIsSeenOnTheOtherNode() {
        String room = ada.createRoom("status");
        try (Peer watcher = SocketIoPeer.connect(ada.uri("/"));
                Peer other = PlainPeer.connect(ben.webSocketUri("/ws"))) {
            watcher.join(room);
            other.join(room);

            Peer.await(
                    other.command("status", Peer.fields().put("status", "away").put("text", "lunch")));

            await().atMost(PATIENCE).until(() -> watcher.events("status").size() == 1);
            JsonNode told = watcher.events("status").get(0);
            assertThat(told.path("user").path("id").asText()).isEqualTo(user(other));
            assertThat(told.path("status").asText()).isEqualTo("away");
            assertThat(told.path("text").asText()).isEqualTo("lunch");
            Map<String, String> listed = new HashMap<>();
            TandemNode.json(ada.get("/api/rooms/" + room + "/members"))
                    .path("items")
                    .forEach(item -> listed.put(
                            item.path("user").path("id").asText(),
                            item.path("status").asText()));
            assertThat(listed).isEqualTo(Map.of(user(watcher), "online", user(other), "away"));
        }
    }

    private static String user(Peer peer) {
        return peer.welcomed().path("id").asText();
    }

    /** Says something in the room, and waits until it and these have heard it: and so all that they were told before. */
    private static void sayAfterwards(Peer speaker, String room, Peer... others) {
        long seq = Peer.await(speaker.send(room, "afterwards")).path("seq").asLong();
        for (Peer peer : Stream.concat(Stream.of(speaker), Stream.of(others)).toList()) {
            await().atMost(PATIENCE).until(() -> peer.seqs(room).contains(seq));
        }
    }

    private static List<Peer> connectAndJoin(String room) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < SOCKETS_OF_EACH_KIND; i++) {
            TandemNode node = i % 2 == 0 ? ada : ben;
            peers.add(SocketIoPeer.connect(node.uri("/")));
            peers.add(PlainPeer.connect(node.webSocketUri("/ws")));
        }
        for (Peer peer : peers) {
            assertThat(peer.join(room).path("ok").asBoolean()).isTrue();
        }
        return peers;
    }

    /** A third each over HTTP, Socket.IO and plain WebSocket; completes with the message's number. */
    private static CompletableFuture<Long> sendThroughSomeDoor(List<Peer> peers, String room, int i) {
        String text = "message " + i;
        if (i % 3 == 0) {
            TandemNode node = i / 3 % HTTP_CLIENTS % 2 == 0 ? ada : ben;
            return CompletableFuture.supplyAsync(
                    () -> TandemNode.json(node.post("/api/rooms/" + room + "/messages", "{\"text\":\"" + text + "\"}"))
                            .path("seq")
                            .asLong());
        }
        return peers.get(i % peers.size())
                .send(room, text)
                .thenApply(answer -> answer.path("seq").asLong());
    }

    private static List<String> texts(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("text").asText()).toList();
    }

    private static List<String> connectionsOfBoth() {
        List<String> names = new ArrayList<>(ada.connectionNames());
        names.addAll(ben.connectionNames());
        return names;
    }

    private static List<JsonNode> about(Peer watcher, String event, String room) {
        return watcher.events(event).stream()
                .filter(told -> told.path("room").asText().equals(room))
                .toList();
    }

    private static long listeners(String room) {
        return onChannel("room:{" + room + "}");
    }

    private static long onChannel(String channel) {
        List<?> answer = (List<?>) console.command("PUBSUB", "NUMSUB", channel);
        return (Long) answer.get(1);
    }
}
