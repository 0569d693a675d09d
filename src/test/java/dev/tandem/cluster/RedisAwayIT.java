package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a member goes on alone while Redis is away, says so, and is a member again when Redis is back. */
class RedisAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SocketIoPacket.Event HELLO = event("hello");

    private RedisProcess redis;
    private Member near;
    private Member far;
    private FakeSocket anna;
    private FakeSocket ben;

    @BeforeEach
    void join() {
        redis = RedisProcess.start();
        near = Member.join(redis.url());
        far = Member.join(redis.url());
        anna = near.socket("anna", "red");
        ben = far.socket("ben", "red");
    }

    @AfterEach
    void leave() {
        near.close();
        far.close();
        redis.close();
    }

    @Test
    void ownSocketsGetEverythingAndWhatCannotBeToldFails() {
        redis.kill();

        Uni<Void> told = near.adapter().broadcast(HELLO, BroadcastOptions.to("red"));

        assertThat(anna.texts()).hasSize(1);
        assertUnreached(() -> done(told));
        assertUnreached(() -> done(near.adapter().addSockets(BroadcastOptions.to("red"), Set.of("blue"))));
        assertThat(near.adapter().socketRooms("anna")).contains("blue");
        assertUnreached(() -> done(near.adapter().fetchSockets(BroadcastOptions.ALL)));
        assertThat(near.count("tandem.cluster.publish.failed")).isEqualTo(3);
        assertThat(near.pending()).isZero();
    }

    @Test
    void whoCannotHearAnswersTakesNobodyForAbsent() {
        try (RedisProxy proxy = RedisProxy.start(redis);
                Member deaf = Member.join(proxy.url())) {
            proxy.refuse(true);
            proxy.cut("pubsub");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertUnreached(() -> done(deaf.adapter().rooms())));

            proxy.refuse(false);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> done(deaf.adapter().rooms()).items().contains("ben"));
        }
    }

    @Test
    void membersHearEachOtherAgain() throws IOException {
        redis.kill();
        redis.launch();

        await().atMost(PATIENCE).untilAsserted(() -> {
            near.adapter()
                    .broadcast(HELLO, BroadcastOptions.to("red"))
                    .subscribe()
                    .with(done -> {}, failure -> {});
            assertThat(ben.texts()).isNotEmpty();
        });
        await().atMost(PATIENCE).until(() -> done(far.adapter().serverCount()) == 2);
    }

    @Test
    void memberThatComesWhileRedisIsAwayJoinsLater() throws IOException {
        FakeNamespace later = new FakeNamespace("/later");
        redis.kill();
        Adapter adapter = near.another(later, Map.of("cluster.request-timeout", "100ms"));

        assertUnreached(() -> done(adapter.init()));

        redis.launch();
        await().atMost(PATIENCE).until(() -> redisListeners("socket.io-request#/later#") == 1);
        done(adapter.close());
        await().atMost(PATIENCE).until(() -> redisListeners("socket.io-request#/later#") == 0);
    }

    private long redisListeners(String channel) {
        try (RedisConsole console = redis.console()) {
            return (Long) ((List<?>) console.command("PUBSUB", "NUMSUB", channel)).get(1);
        }
    }

    private static void assertUnreached(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code())
                                .isIn(ErrorCode.REDIS_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN));
    }

    private static SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
