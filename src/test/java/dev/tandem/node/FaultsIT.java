package dev.tandem.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import dev.tandem.redis.RedisProxy.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies, fault by fault, what a node does when Redis misbehaves: everything has an end, and nothing looks well that is not. */
class FaultsIT {
    /** The contract's bound for noticing a dead connection, and for healing it. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private RedisProcess redis;
    private RedisConsole console;
    private RedisProxy proxy;
    private TandemNode node;
    private PlainPeer peer;
    private SocketIoPeer bystander;
    private String room;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        console = redis.console();
        proxy = RedisProxy.start(redis);
        node = TandemNode.start("faults", Map.of("TANDEM_REDIS_URL", proxy.url(), "TANDEM_ROOMS_CHECK_EVERY", "2s"));
        room = node.createRoom("faults");
        peer = PlainPeer.connect(node.webSocketUri("/ws"));
        peer.join(room);
        bystander = SocketIoPeer.connect(node.uri("/"));
        bystander.join(room);
        Peer.await(peer.send(room, "before"));
        // Acknowledged is not heard yet: a fault in between would take it from the members, who would rightly be told.
        await().until(() ->
                peer.seqs(room).equals(List.of(1L)) && bystander.seqs(room).equals(List.of(1L)));
    }

    @AfterEach
    void stop() {
        peer.close();
        bystander.close();
        node.close();
        proxy.close();
        console.close();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({"commands,TO_NODE", "commands,TO_REDIS", "pubsub,TO_NODE", "pubsub,TO_REDIS"})
    void connectionThatSaysNothingMakesTheNodeUnreadyAndIsBuiltAnew(String role, Direction direction) {
        proxy.stallAll(role, direction);

        await().atMost(BOUND).until(() -> !node.isReady());

        proxy.releaseAll(role, direction);
        await().atMost(BOUND).until(node::isReady);
        assertThat(node.log()).contains("no answer to a probe");
        assertThat(Peer.await(peer.send(room, "after")).path("seq").asLong()).isEqualTo(2);
        await().until(() -> peer.seqs(room).equals(List.of(1L, 2L)));
        assertThat(proxy.mostOpen()).isLessThanOrEqualTo(2);
    }

    @Test
    void whatIsSaidWhilePubSubIsDeafComesWhenItHearsAgain() {
        proxy.stallAll("pubsub", Direction.TO_NODE);
        List<CompletableFuture<JsonNode>> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(peer.send(room, "m" + i));
        }
        sent.forEach(
                answer -> assertThat(Peer.await(answer).path("ok").asBoolean()).isTrue());
        await().atMost(BOUND).until(() -> !node.isReady());

        proxy.releaseAll("pubsub", Direction.TO_NODE);

        await().atMost(BOUND).until(() -> peer.seqs(room).size() == 51);
        assertThat(peer.seqs(room)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void refusedPortIsTriedUntilItIsThere() {
        proxy.refuse(true);
        proxy.cut("commands");
        proxy.cut("pubsub");
        await().atMost(BOUND).until(() -> node.log().contains("waiting attempt=5"));

        assertThat(node.isReady()).isFalse();
        assertThat(Peer.await(peer.send(room, "meanwhile"))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("redis_unavailable");

        proxy.refuse(false);

        await().atMost(BOUND).until(node::isReady);
        assertThat(Peer.await(peer.send(room, "after")).path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void redisWithoutMemorySaysSoToTheSender() {
        console.command("CONFIG", "SET", "maxmemory", "1");

        JsonNode error = Peer.await(peer.send(room, "too much")).path("error");

        assertThat(error.path("code").asText()).isEqualTo("redis_unavailable");
        assertThat(error.path("message").asText()).contains("out of memory");
        assertThat(node.post("/api/rooms/faults/messages", "{\"text\":\"too much\"}")
                        .statusCode())
                .isEqualTo(503);
        console.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(Peer.await(peer.send(room, "after")).path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void hungRedisFailsCommandsAtTheirDeadlineAndLosesNothing() {
        redis.hang();

        JsonNode answer = Peer.await(peer.command(
                "send", Peer.fields().put("room", room).put("text", "x").put("id", "x")));

        assertThat(answer.path("error").path("code").asText()).isEqualTo("outcome_unknown");
        await().atMost(BOUND).until(() -> !node.isReady());
        redis.goOn();
        await().atMost(BOUND).until(node::isReady);
        Peer.await(peer.command(
                "send", Peer.fields().put("room", room).put("text", "x").put("id", "x")));
        assertThat(node.history(room))
                .extracting(message -> message.path("id").asText())
                .hasSize(2)
                .endsWith("x");
    }

    @ParameterizedTest
    @EnumSource
    void commandsOnAStalledConnectionEndAtTheirDeadline(Direction direction) {
        proxy.cut("commands");
        await().until(() -> node.log().contains("role=commands ready -> waiting"));
        await().until(node::isReady);
        proxy.stall("commands", direction);

        JsonNode answer = Peer.await(peer.send(room, "stalled"));

        assertThat(answer.path("error").path("code").asText()).isEqualTo("outcome_unknown");
    }

    @Test
    void pausedRedisIsWaitedFor() {
        console.command("CLIENT", "PAUSE", "1000", "WRITE");

        JsonNode answer = Peer.await(peer.send(room, "patience"));

        assertThat(answer.path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void forgottenScriptsAreTaughtAgain() {
        console.command("SCRIPT", "FLUSH");

        assertThat(Peer.await(peer.send(room, "again")).path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void lostPastIsAdmittedAndNeverMixed() {
        Peer.await(peer.send(room, "lost"));
        await().until(() -> peer.seqs(room).size() == 2);
        console.command("ZREMRANGEBYSCORE", "room:{faults}:messages", "2", "2");
        console.command("ZREMRANGEBYSCORE", "room:{faults}:ids", "2", "2");
        console.command("HSET", "room:{faults}:details", "seq", "1");

        proxy.cut("pubsub");

        await().atMost(BOUND).until(() -> peer.events("reset").size() == 1);
        JsonNode reset = peer.events("reset").get(0);
        assertThat(reset.path("seq").asLong()).isEqualTo(1);
        assertThat(reset.path("recovered").asBoolean(true)).isFalse();
        Peer.await(peer.send(room, "another"));
        await().until(() -> peer.events("message").size() == 3);
        JsonNode later = Peer.await(PlainPeer.connect(node.webSocketUri("/ws"))
                .command(
                        "join",
                        Peer.fields()
                                .put("room", room)
                                .put("since", 1)
                                .put("epoch", reset.path("epoch").asText())));
        assertThat(later.path("recovered").asBoolean()).isTrue();
        assertThat(later.path("epoch")).isEqualTo(reset.path("epoch"));
    }

    /** In one step: a check that came between the two would rightly say that the room is gone. */
    @Test
    void emptiedRedisInWhichTheRoomWasMadeAnewIsAdmittedToo() {
        console.command("EVAL", """
                local room = redis.call('HGETALL', KEYS[1])
                redis.call('FLUSHALL')
                redis.call('HSET', KEYS[1], unpack(room))
                redis.call('HSET', KEYS[1], 'epoch', 'anew', 'seq', '0')
                """, "1", "room:{faults}:details");

        Peer other = PlainPeer.connect(node.webSocketUri("/ws"));
        JsonNode answer = other.join(room);
        Peer.await(other.send(room, "new"));

        assertThat(answer.path("seq").asLong()).isZero();
        await().atMost(BOUND).until(() -> peer.events("reset").size() == 1);
        assertThat(peer.events("reset").get(0).path("epoch")).isEqualTo(answer.path("epoch"));
        other.close();
    }

    @Test
    void roomThatIsGoneWithoutAWordIsAdmittedToo() {
        console.command("FLUSHALL");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> peer.events("deleted").size() == 1
                        && bystander.events("deleted").size() == 1);
    }
}
