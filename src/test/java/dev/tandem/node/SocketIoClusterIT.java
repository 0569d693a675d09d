package dev.tandem.node;

import static dev.tandem.node.JsPeer.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that two nodes and a Node.js server are one Socket.IO cluster in which nobody hears anything twice. */
class SocketIoClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Map<String, String> SETTINGS = Map.of(
            "TANDEM_CLUSTER_MIRROR_ROOM_EVENTS", "true", "TANDEM_PRESENCE_LEASE", "3s", "TANDEM_JOBS_TICK", "1s");

    private final List<String> called = new CopyOnWriteArrayList<>();
    private RedisProcess redis;
    private TandemNode ada;
    private TandemNode ben;
    private JsPeer server;
    private JsPeer client;
    private SocketIoPeer atAda;
    private SocketIoPeer atBen;
    private String room;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        ada = TandemNode.start("ada", redis, SETTINGS);
        ben = TandemNode.start("ben", redis, SETTINGS);
        room = ada.createRoom("cluster");
        server = JsPeer.start("server.js");
        int port = server.call("listen", fields().put("redis", redis.url()))
                .path("port")
                .asInt();
        await().atMost(PATIENCE)
                .until(() -> server.call("serverCount", fields()).asInt() == 3);
        client = JsPeer.start("client.js");
        client.call("connect", fields().put("url", "http://127.0.0.1:" + port));
        await().atMost(PATIENCE).until(() -> !client.events("connect").isEmpty());
        client.call("emit", fields("{'args': ['join', '%s'], 'ack': true}".formatted(room)));
        atAda = member(ada, "ada");
        atBen = member(ben, "ben");
    }

    @AfterEach
    void stop() {
        for (AutoCloseable each : new AutoCloseable[] {atAda, atBen, client, server, ada, ben, redis}) {
            close(each);
        }
    }

    @Test
    void membersOnAllNodesHearTheNodeJsServerOnce() {
        server.call("emit", fields("{'rooms': ['%s'], 'args': ['called', 1]}".formatted(room)));
        server.call("emit", fields("{'rooms': ['%s'], 'args': ['called', 2]}".formatted(room)));

        await().atMost(PATIENCE).until(() -> called.contains("ada 2") && called.contains("ben 2"));
        assertThat(called).containsExactlyInAnyOrder("ada 1", "ada 2", "ben 1", "ben 2");
        assertThat(server.call("fetchSockets", fields("{'rooms': ['%s']}".formatted(room))))
                .hasSize(3);
    }

    @Test
    void everyEventOfTheRoomIsMirroredOnceWhicheverNodeWroteIt() {
        for (int i = 0; i < 50; i++) {
            SocketIoPeer sender = i % 2 == 0 ? atAda : atBen;
            Peer.await(sender.send(room, "m" + i));
        }

        await().atMost(PATIENCE).until(() -> heard("message").size() >= 50);
        assertThat(heard("message"))
                .extracting(message -> message.path("seq").asLong())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(heard("joined")).hasSize(2);
        for (SocketIoPeer member : List.of(atAda, atBen)) {
            await().atMost(PATIENCE).until(() -> member.seqs(room).size() >= 50);
            assertThat(member.seqs(room)).hasSize(50);
        }
    }

    @Test
    void thoseOfAKilledNodeLeaveForTheNodeJsServerToo() {
        ben.kill();

        await().atMost(PATIENCE).until(() -> !heard("left").isEmpty());
        Peer.await(atAda.send(room, "after whatever there was to tell"));
        await().atMost(PATIENCE).until(() -> heard("message").size() == 1);
        assertThat(heard("left")).hasSize(1);
        await().atMost(PATIENCE)
                .until(() -> server.call("serverCount", fields()).asInt() == 2);
    }

    private SocketIoPeer member(TandemNode node, String name) {
        SocketIoPeer peer = SocketIoPeer.connect(node.uri("/"));
        peer.socket().on("called", arguments -> called.add(name + " " + arguments[0]));
        peer.join(room);
        return peer;
    }

    private List<JsonNode> heard(String event) {
        return client.events("received").stream()
                .filter(received -> received.path("name").asText().equals(event))
                .map(received -> received.path("args").get(0))
                .toList();
    }

    private static void close(AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
