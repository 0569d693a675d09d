package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.redis.RedisCluster;
import dev.tandem.redis.TestPair;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Verifies that members of a Socket.IO cluster find each other on a Redis Cluster, whichever servers of it they, or peers of
 * Node.js, are subscribed at.
 */
class MembersOnARedisClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void reachEachOtherOnceAndCountEverybody() {
        try (RedisCluster redis = RedisCluster.start(3);
                Member near = join(redis);
                Member far = join(redis)) {
            FakeSocket anna = near.socket("anna");
            FakeSocket ben = far.socket("ben");
            IntStream.range(0, 20).forEach(i -> far.socket("guest-" + i, "room-" + i));

            near.adapter().broadcast(event("first"), BroadcastOptions.ALL);
            IntStream.range(0, 20)
                    .forEach(i -> done(near.adapter().broadcast(event("to a room"), BroadcastOptions.to("room-" + i))));
            done(near.adapter().broadcast(event("last"), BroadcastOptions.ALL));

            await().atMost(PATIENCE).until(() -> ben.texts().contains("42/chat,[\"last\"]"));
            assertThat(ben.texts()).isEqualTo(anna.texts()).hasSize(2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(far.namespace().sockets())
                            .filteredOn(socket -> socket.id().startsWith("guest"))
                            .hasSize(20)
                            .allMatch(socket -> socket.texts().size() == 3));
            assertThat(done(near.adapter().rooms()).isComplete()).isTrue();
            assertThat(done(near.adapter().rooms()).items()).contains("ben", "room-7");
            countsThoseElsewhere(redis, near);
        }
    }

    /** One server has the log, and publishes all of it, whatever channels that goes to. */
    @Test
    void logHasOneOrderForAllChannels() {
        try (RedisCluster redis = RedisCluster.start(3);
                Member near = join(redis, FakeNamespace.logged("/chat"));
                Member far = join(redis, FakeNamespace.logged("/chat"))) {
            String[] rooms = IntStream.range(0, 20).mapToObj(i -> "room-" + i).toArray(String[]::new);
            FakeSocket anna = near.socket("anna", rooms);
            FakeSocket ben = far.socket("ben", rooms);

            for (int i = 0; i < 200; i++) {
                near.adapter().broadcast(event("near-" + i), BroadcastOptions.to(rooms[i % 20]));
                far.adapter().broadcast(event("far-" + i), BroadcastOptions.to(rooms[(i + 7) % 20]));
            }

            await().atMost(PATIENCE)
                    .until(() -> anna.texts().size() == 400 && ben.texts().size() == 400);
            assertThat(anna.texts()).isEqualTo(ben.texts()).doesNotHaveDuplicates();
            BroadcastLog log = near.adapter().log().orElseThrow();
            LogPlace end = anna.places().get(399);
            Absence all = new Absence(end.at(0), end.at(0), Set.of(), Set.of("room-3"));
            assertThat(done(log.missed(all)).entries()).hasSize(20);
        }
    }

    /** A client library for Redis may subscribe at any server. */
    private static void countsThoseElsewhere(RedisCluster redis, Member member) {
        for (RedisCluster.Member primary : redis.presentPrimaries()) {
            int before = done(member.adapter().serverCount());
            try (TestPair other = TestPair.open(primary.process().url())) {
                done(other.pubSub().subscribe("socket.io-request#/chat#", (channel, payload) -> {}));

                assertThat(done(member.adapter().serverCount())).isEqualTo(before + 1);
            }
            await().atMost(PATIENCE).until(() -> done(member.adapter().serverCount()) == before);
        }
    }

    private static Member join(RedisCluster redis) {
        return join(redis, new FakeNamespace("/chat"));
    }

    private static Member join(RedisCluster redis, FakeNamespace namespace) {
        return Member.join(Map.of("redis.cluster.nodes", redis.nodes()), namespace, Map.of());
    }

    private static SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
