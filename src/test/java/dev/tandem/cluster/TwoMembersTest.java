package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.outbound.Frame;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that two members of a cluster on one Redis reach each other's sockets. */
class TwoMembersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SocketIoPacket.Event HELLO = event("hello");
    private static final SocketIoPacket.Event LAST = event("last");

    private static RedisProcess redis;
    private static RedisConsole console;

    private Member near;
    private Member far;
    private FakeSocket anna;
    private FakeSocket ben;
    private FakeSocket carl;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
        console = redis.console();
    }

    @AfterAll
    static void stopRedis() {
        console.close();
        redis.close();
    }

    @BeforeEach
    void join() {
        near = Member.join(redis.url());
        far = Member.join(redis.url());
        anna = near.socket("anna", "red");
        ben = far.socket("ben", "red");
        carl = far.socket("carl", "red", "blue");
    }

    @AfterEach
    void leave() {
        near.close();
        far.close();
    }

    @Test
    void broadcastReachesEverybodyOnce() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.ALL));
        done(near.adapter().broadcast(LAST, BroadcastOptions.ALL));

        awaitLast(ben);
        awaitLast(carl);
        assertThat(anna.texts()).containsExactly("42/chat,[\"hello\"]", "42/chat,[\"last\"]");
        assertThat(ben.texts()).isEqualTo(anna.texts());
        assertThat(carl.texts()).isEqualTo(anna.texts());
    }

    @Test
    void broadcastReachesRoomsButNotWhoIsExcepted() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.to("blue")));
        done(near.adapter()
                .broadcast(HELLO, new BroadcastOptions(Set.of("red", "blue"), Set.of("ben"), BroadcastFlags.NONE)));
        done(near.adapter().broadcast(LAST, BroadcastOptions.ALL));

        awaitLast(ben);
        awaitLast(carl);
        assertThat(anna.texts()).hasSize(2);
        assertThat(ben.texts()).hasSize(1);
        assertThat(carl.texts()).hasSize(3);
    }

    @Test
    void localBroadcastStaysHere() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.ALL.with(BroadcastFlags.NONE.asLocal())));
        done(near.adapter().broadcast(LAST, BroadcastOptions.ALL));

        awaitLast(ben);
        assertThat(anna.texts()).hasSize(2);
        assertThat(ben.texts()).hasSize(1);
    }

    @Test
    void volatileBroadcastMayBeDroppedElsewhereToo() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.ALL.with(BroadcastFlags.NONE.asVolatile())));

        await().atMost(PATIENCE).until(() -> ben.volatileFrames().size() == 1);
        assertThat(ben.frames()).isEmpty();
    }

    @Test
    void broadcastCarriesAttachments() {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add("file").add(new byte[] {0, 1, -1});

        done(near.adapter()
                .broadcast(new SocketIoPacket.Event("/chat", OptionalLong.empty(), data), BroadcastOptions.to("blue")));

        await().atMost(PATIENCE).until(() -> carl.frames().size() == 1);
        Frame.Sequence sequence = (Frame.Sequence) carl.frames().get(0);
        assertThat(((Frame.Binary) sequence.parts().get(1)).data()).containsExactly(0, 1, -1);
    }

    @Test
    void broadcastIsEncodedOnceForAllOfTheOtherNode() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.to("red")));

        await().atMost(PATIENCE)
                .until(() -> carl.frames().size() == 1 && ben.frames().size() == 1);
        assertThat(carl.frames().get(0)).isSameAs(ben.frames().get(0));
    }

    @Test
    void whatIsForNobodyHereIsNotRead() {
        done(near.adapter().broadcast(HELLO, BroadcastOptions.to("anna")));
        done(near.adapter().broadcast(LAST, BroadcastOptions.ALL));

        awaitLast(ben);
        assertThat(far.count("tandem.cluster.broadcasts.received")).isEqualTo(1);
        assertThat(near.count("tandem.cluster.broadcasts.received")).isZero();
    }

    @Test
    void malformedMessagesAreIgnoredAndCounted() {
        console.command("PUBLISH", "socket.io#/chat#", "nonsense");
        console.command("PUBLISH", "socket.io-request#/chat#", "{\"type\":99}");
        done(near.adapter().broadcast(LAST, BroadcastOptions.ALL));

        awaitLast(ben);
        await().atMost(PATIENCE).until(() -> far.count("tandem.cluster.messages.ignored", "reason", "malformed") == 2);
    }

    private static void awaitLast(FakeSocket socket) {
        await().atMost(PATIENCE).until(() -> socket.texts().contains("42/chat,[\"last\"]"));
    }

    private static SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
