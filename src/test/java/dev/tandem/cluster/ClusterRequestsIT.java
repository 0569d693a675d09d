package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.TestPair;
import dev.tandem.socketio.adapter.AckObserver;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.adapter.Gathered;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies what members of a cluster ask each other, and that every request ends, whatever the others do. */
class ClusterRequestsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> HASTY = Map.of("cluster.request-timeout", "2s");
    private static final String REQUESTS = "socket.io-request#/chat#";
    private static final String RESPONSES = "socket.io-response#/chat#";

    private static RedisProcess redis;
    private static TestPair outsider;

    private Member near;
    private Member far;
    private FakeSocket anna;
    private FakeSocket ben;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
        outsider = TestPair.open(redis.url());
        await().atMost(PATIENCE).until(outsider::isReady);
    }

    @AfterAll
    static void stopRedis() {
        outsider.close();
        redis.close();
    }

    @BeforeEach
    void join() {
        near = Member.join(redis.url());
        far = Member.join(redis.url(), new FakeNamespace("/chat"), Map.of());
        anna = near.socket("anna", "red");
        ben = far.socket("ben", "red", "blue");
    }

    @AfterEach
    void leave() {
        near.close();
        far.close();
    }

    @Test
    void everybodyIsCounted() {
        assertThat(done(near.adapter().serverCount())).isEqualTo(2);
    }

    @Test
    void roomsAndSocketsOfAllAreFound() {
        Gathered<String> rooms = done(near.adapter().rooms());
        Gathered<String> ids = done(near.adapter().sockets(Set.of("red")));

        assertThat(rooms.isComplete()).isTrue();
        assertThat(rooms.items()).containsExactlyInAnyOrder("anna", "ben", "red", "blue");
        assertThat(ids.items()).containsExactlyInAnyOrder("anna", "ben");
        assertThat(done(near.adapter().sockets(Set.of("nowhere")))).isEqualTo(Gathered.complete(List.of()));
    }

    @Test
    void socketsOfAllAreFetched() {
        assertThat(done(near.adapter().fetchSockets(BroadcastOptions.to("red"))).items())
                .containsExactlyInAnyOrder(anna.details(), ben.details());
        assertThat(done(near.adapter().fetchSockets(BroadcastOptions.to("blue"))))
                .isEqualTo(Gathered.complete(List.of(ben.details())));
        assertThat(done(near.adapter().fetchSockets(BroadcastOptions.ALL.with(BroadcastFlags.NONE.asLocal())))
                        .items())
                .containsExactly(anna.details());
    }

    @Test
    void whoIsMadeToJoinGetsWhatIsSentThereNext() {
        near.adapter().addSockets(BroadcastOptions.to("red"), Set.of("green"));
        near.adapter().broadcast(event("hello"), BroadcastOptions.to("green"));

        await().atMost(PATIENCE)
                .until(() -> ben.texts().size() == 1 && anna.texts().size() == 1);
        done(near.adapter().delSockets(BroadcastOptions.to("green"), Set.of("red", "green")));
        await().atMost(PATIENCE).until(() -> far.adapter().socketRooms("ben").equals(Set.of("ben", "blue")));
        assertThat(near.adapter().socketRooms("anna")).containsExactly("anna");
    }

    @Test
    void socketsElsewhereArePutOut() {
        done(near.adapter().disconnectSockets(BroadcastOptions.to("blue"), true));

        await().atMost(PATIENCE).until(() -> ben.disconnects().equals(List.of(true)));
        assertThat(anna.disconnects()).isEmpty();
    }

    @Test
    void acksOfEverybodyAreGathered() {
        anna.answer("yes");
        ben.answer("no", "more");

        Gathered<JsonNode> acks =
                done(near.adapter().broadcastWithAck(event("ask"), BroadcastOptions.to("red"), AckObserver.NONE));

        assertThat(acks.isComplete()).isTrue();
        assertThat(acks.items()).extracting(JsonNode::asText).containsExactlyInAnyOrder("yes", "no");
    }

    @Test
    void clientElsewhereThatIsSilentAtTheDeadlineIsMissing() {
        anna.answer("yes");

        Gathered<JsonNode> acks = done(near.adapter()
                .broadcastWithAck(
                        event("ask"),
                        BroadcastOptions.to("red").with(BroadcastFlags.NONE.withTimeout(Duration.ofSeconds(2))),
                        AckObserver.NONE));

        assertThat(acks.items()).hasSize(1);
        assertThat(acks.missing()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> ben.expected() == 0 && near.pending() == 0);
    }

    @Test
    void serversTellEachOtherAndAnswer() {
        ArrayNode event = JsonNodeFactory.instance.arrayNode().add("ask").add(7);

        done(near.adapter().serverSideEmit(event));
        Gathered<JsonNode> answers = done(near.adapter().serverSideEmitWithAck(event, PATIENCE));

        assertThat(answers.items()).extracting(JsonNode::asText).containsExactly("/chat");
        assertThat(far.namespace().heard()).hasSize(2).allMatch(heard -> heard.equals(event));
        assertThat(near.namespace().heard()).isEmpty();
    }

    @Test
    void answersGoToTheAskerAloneWhereThatIsSet() {
        List<String> overheard = new CopyOnWriteArrayList<>();
        done(outsider.pubSub().subscribe(RESPONSES, (channel, payload) -> overheard.add(payload.toString())));
        far.close();
        far = Member.join(
                redis.url(),
                new FakeNamespace("/chat"),
                Map.of("cluster.publish-on-specific-response-channel", "true"));
        far.socket("dora");

        Gathered<String> rooms = done(near.adapter().rooms());

        assertThat(rooms.isComplete()).isTrue();
        assertThat(rooms.items()).contains("dora");
        near.publish(RESPONSES, "the end");
        await().atMost(PATIENCE).until(() -> overheard.contains("the end"));
        assertThat(overheard).containsExactly("the end");
    }

    @Test
    void silentServerIsMissingAtTheDeadline() {
        try (Member hasty = Member.join(redis.url(), new FakeNamespace("/chat"), HASTY);
                TestPair silent = silentServer(REQUESTS)) {
            assertThat(silent.isReady()).isTrue();

            Gathered<String> rooms = done(hasty.adapter().rooms());

            assertThat(rooms.missing()).isEqualTo(1);
            assertThat(rooms.items()).contains("anna", "ben");
            assertThat(hasty.count("tandem.cluster.requests.incomplete")).isEqualTo(1);
            assertThat(hasty.pending()).isZero();
        }
    }

    @Test
    void lateAndMalformedAnswersAreIgnoredAndCounted() {
        try (Member hasty = Member.join(redis.url(), new FakeNamespace("/chat"), HASTY);
                TestPair silent = TestPair.open(redis.url())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            done(silent.pubSub().subscribe(REQUESTS, (channel, payload) -> asked.complete(payload.toString())));
            done(hasty.adapter().rooms());
            String id = asked.join().replaceAll(".*\"requestId\":\"([^\"]+)\".*", "$1");

            hasty.publish(RESPONSES, "{\"requestId\":\"" + id + "\",\"rooms\":[]}");
            hasty.publish(RESPONSES, "{\"requestId\":[\"" + id + "\"]}");
            hasty.publish(RESPONSES, "{\"requestId\":\"of somebody else\",\"rooms\":[]}");

            await().atMost(PATIENCE)
                    .until(() -> hasty.count("tandem.cluster.messages.ignored", "reason", "malformed") == 1);
            assertThat(hasty.count("tandem.cluster.messages.ignored", "reason", "late"))
                    .isEqualTo(1);
        }
    }

    @Test
    void requestsThatWaitAreBounded() {
        try (Member busy = Member.join(redis.url(), new FakeNamespace("/chat"), Map.of("cluster.max-pending", "2"));
                TestPair silent = silentServer(REQUESTS)) {
            assertThat(silent.isReady()).isTrue();
            IntStream.range(0, 2).forEach(i -> busy.adapter().rooms());

            assertThatThrownBy(() -> done(busy.adapter().rooms()))
                    .isInstanceOfSatisfying(
                            TandemException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
            assertThat(busy.pending()).isEqualTo(2);
        }
    }

    @Test
    void requestsOfANamespaceThatClosesEnd() {
        try (TestPair silent = silentServer(REQUESTS)) {
            assertThat(silent.isReady()).isTrue();
            Uni<Gathered<String>> asked = near.adapter().rooms();
            await().atMost(PATIENCE).until(() -> near.pending() == 1);

            done(near.adapter().close());

            assertThat(done(asked).isComplete()).isFalse();
            assertThat(near.pending()).isZero();
            await().atMost(PATIENCE).until(() -> done(far.adapter().serverCount()) == 2);
        }
    }

    @Test
    void olderPeersAskOfOneSocket() {
        near.publish(REQUESTS, "{\"uid\":\"older1\",\"requestId\":\"a\",\"type\":2,\"sid\":\"ben\",\"room\":\"z\"}");
        await().atMost(PATIENCE).until(() -> far.adapter().socketRooms("ben").contains("z"));

        near.publish(REQUESTS, "{\"uid\":\"older1\",\"requestId\":\"b\",\"type\":3,\"sid\":\"ben\",\"room\":\"z\"}");
        near.publish(REQUESTS, "{\"uid\":\"older1\",\"requestId\":\"c\",\"type\":4,\"sid\":\"ben\",\"close\":true}");

        await().atMost(PATIENCE).until(() -> ben.disconnects().equals(List.of(true)));
        assertThat(far.adapter().socketRooms("ben")).doesNotContain("z");
    }

    /** One that counts as a server and says nothing. */
    private static TestPair silentServer(String requests) {
        TestPair silent = TestPair.open(redis.url());
        await().atMost(PATIENCE).until(silent::isReady);
        done(silent.pubSub().subscribe(requests, (channel, payload) -> {}));
        return silent;
    }

    private static SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
