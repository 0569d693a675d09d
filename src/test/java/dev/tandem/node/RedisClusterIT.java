package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisCluster;
import dev.tandem.redis.RedisCluster.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that two nodes live with a Redis Cluster, whatever becomes of its servers, on two connections to each primary. */
class RedisClusterIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    /** Enough that every primary has some. */
    private static final int ROOMS = 12;

    private final List<String> rooms = new ArrayList<>();
    private RedisCluster cluster;
    private TandemNode one;
    private TandemNode two;
    private PlainPeer sender;
    private SocketIoPeer listener;

    @BeforeEach
    void start() {
        cluster = RedisCluster.start(3);
        Map<String, String> settings = Map.of("TANDEM_REDIS_CLUSTER_NODES", cluster.nodes());
        one = TandemNode.start("one", settings);
        two = TandemNode.start("two", settings);
        sender = PlainPeer.connect(one.webSocketUri("/ws"));
        listener = SocketIoPeer.connect(two.uri("/"));
        for (int i = 0; i < ROOMS; i++) {
            String room = one.createRoom("room-" + i);
            rooms.add(room);
            sender.join(room);
            listener.join(room);
        }
    }

    @AfterEach
    void stop() {
        sender.close();
        listener.close();
        one.close();
        two.close();
        cluster.close();
    }

    @Test
    void nodeHoldsTwoConnectionsToEachPrimaryAndHearsEachRoomFromItsShardOnly() {
        sendToAll();

        awaitAllHeard(1);
        assertThat(rooms.stream().map(this::owner).distinct()).hasSize(3);
        List<String> both = new ArrayList<>(one.connectionNames());
        both.addAll(two.connectionNames());
        for (Member primary : cluster.primaries()) {
            assertThat(tandemConnections(primary)).containsExactlyInAnyOrderElementsOf(both);
            assertThat(tandemConnections(cluster.replicaOf(primary))).isEmpty();
        }
        for (String room : rooms) {
            String channel = "room:{" + room + "}";
            assertThat(cluster.members().stream()
                            .filter(member -> shardChannels(member).contains(channel)))
                    .containsExactly(owner(room));
        }
    }

    @Test
    void whoWatchesTheListHearsOfRoomsOfAllShards() {
        List<String> created = new ArrayList<>();
        try (PlainPeer watcher = PlainPeer.connect(two.webSocketUri("/ws"))) {
            assertThat(Peer.await(watcher.command("watch", Peer.fields())).path("items"))
                    .hasSize(ROOMS);

            for (int i = 0; i < ROOMS; i++) {
                created.add(one.createRoom("watched-" + i));
            }
            created.forEach(sender::join);
            await().atMost(SOON).until(() -> of(watcher, "listed").equals(created));
            await().atMost(SOON)
                    .until(() -> created.stream()
                            .allMatch(room -> watcher.counts(room).contains(1L)));
            created.forEach(room -> one.delete("/api/rooms/" + room));
            await().atMost(SOON).until(() -> of(watcher, "unlisted").equals(created));
        }
        assertThat(created.stream().map(this::owner).distinct()).hasSize(3);
    }

    @Test
    void nodesGoOnWithTheReplicaWhenAPrimaryIsKilled() {
        sendToAll();
        awaitAllHeard(1);
        Member killed = owner(rooms.get(0));
        Member heir = cluster.replicaOf(killed);

        killed.process().kill();

        await().atMost(SOON).until(() -> !one.isReady());
        await().atMost(SOON).until(() -> one.isReady() && two.isReady());
        sendToAll();
        awaitAllHeard(2);
        await().until(() -> tandemConnections(heir).size() == 4);
        assertThat(one.log()).containsPattern("shard=\\d role=commands ready -> waiting");
    }

    @Test
    void nodesFollowWhenAReplicaTakesOverInOrder() {
        sendToAll();
        Member primary = owner(rooms.get(0));
        Member heir = cluster.replicaOf(primary);

        cluster.handOver(heir);

        sendToAll();
        awaitAllHeard(2);
        await().atMost(SOON).until(() -> tandemConnections(heir).size() == 4);
        await().atMost(SOON).until(() -> tandemConnections(primary).isEmpty());
        await().atMost(SOON).until(() -> one.isReady() && two.isReady());
    }

    @Test
    void roomWhoseSlotMovesLosesNothing() throws InterruptedException {
        String room = rooms.get(0);
        Member from = owner(room);
        Member to = cluster.primaries().stream()
                .filter(primary -> primary != from)
                .findFirst()
                .orElseThrow();
        List<Long> acked = new ArrayList<>();
        Thread mover = new Thread(() -> cluster.moveSlot("room:{" + room + "}", from, to));

        mover.start();
        do {
            JsonNode answer = Peer.await(sender.send(room, "moving"));
            assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
            acked.add(answer.path("seq").asLong());
        } while (mover.isAlive());
        mover.join();
        sendToAll();

        long last = acked.get(acked.size() - 1) + 1;
        List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
        for (Peer peer : List.of(listener, sender)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(peer.seqs(room)).isEqualTo(all));
        }
        assertThat(shardChannels(to)).contains("room:{" + room + "}");
        assertThat(shardChannels(from)).doesNotContain("room:{" + room + "}");
        assertThat(listener.events("reset")).isEmpty();
    }

    @Test
    void primaryThatLosesItsLastSlotIsLeft() {
        Member left = cluster.primaries().get(2);
        Member heir = cluster.primaries().get(0);
        sendToAll();

        cluster.moveAllSlots(left, heir);

        await().atMost(SOON).until(() -> tandemConnections(left).isEmpty());
        sendToAll();
        awaitAllHeard(2);
        assertThat(one.isReady()).isTrue();
    }

    private static List<String> of(Peer watcher, String event) {
        return watcher.events(event).stream()
                .map(told -> told.path("room").asText())
                .sorted(Comparator.comparing(room -> Integer.parseInt(room.substring(room.indexOf('-') + 1))))
                .toList();
    }

    private Member owner(String room) {
        return cluster.ownerOf("room:{" + room + "}");
    }

    private static List<String> tandemConnections(Member member) {
        return member.connections("tandem:");
    }

    private static List<String> shardChannels(Member member) {
        return ((List<?>) member.command("PUBSUB", "SHARDCHANNELS"))
                .stream().map(String::valueOf).toList();
    }

    private void sendToAll() {
        for (String room : rooms) {
            assertThat(Peer.await(sender.send(room, "hello")).path("ok").asBoolean())
                    .isTrue();
        }
    }

    private void awaitAllHeard(long last) {
        List<Long> all = LongStream.rangeClosed(1, last).boxed().toList();
        Map<String, List<Long>> expected = new HashMap<>();
        rooms.forEach(room -> expected.put(room, all));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(heard(listener)).isEqualTo(expected);
            assertThat(heard(sender)).isEqualTo(expected);
        });
    }

    private Map<String, List<Long>> heard(Peer peer) {
        Map<String, List<Long>> heard = new HashMap<>();
        rooms.forEach(room -> heard.put(room, peer.seqs(room)));
        return heard;
    }
}
