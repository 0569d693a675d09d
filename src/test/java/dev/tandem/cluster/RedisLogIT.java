package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.RedisProxy;
import dev.tandem.socketio.adapter.Absence;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.NotRecovered;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that the log of a namespace has what was broadcast there, in the order in which sockets get it, through all that breaks. */
class RedisLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "recovery:log:{socket.io#/chat}";

    private RedisProcess redis;
    private RedisConsole console;
    private RedisProxy proxy;
    private Member member;
    private Member other;
    private BroadcastLog log;
    private FakeSocket ann;

    @BeforeEach
    void join() {
        redis = RedisProcess.start();
        console = redis.console();
        proxy = RedisProxy.start(redis);
        member = join(proxy.url());
        other = join(redis.url());
        log = member.adapter().log().orElseThrow();
        ann = member.socket("ann", "red");
    }

    @AfterEach
    void leave() {
        member.close();
        other.close();
        proxy.close();
        console.close();
        redis.close();
    }

    @Test
    void newLogIsKnownFromTheStartAndEmpty() {
        LogPlace begin = log.reached().orElseThrow();

        assertThat(begin.number()).isZero();
        assertThat(done(log.missed(absence(begin))).entries()).isEmpty();
        assertThat(other.adapter().log().orElseThrow().reached()).contains(begin);
    }

    @Test
    void eventHasItsPlaceAsTheLastArgumentEverywhere() {
        LogPlace begin = log.reached().orElseThrow();
        broadcast(member, "hello", BroadcastOptions.to("red"));

        await().atMost(PATIENCE).until(() -> ann.texts().size() == 1);
        LogPlace first = begin.at(1);
        assertThat(ann.texts()).containsExactly("42/chat,[\"hello\",\"" + first.text() + "\"]");
        assertThat(ann.places()).containsExactly(first);
        assertThat(log.reached()).contains(first);
        assertThat(done(log.missed(absence(begin)))
                        .entries()
                        .get(0)
                        .packet()
                        .data()
                        .get(1)
                        .asText())
                .isEqualTo(first.text());
    }

    @Test
    void publicationIsWhatNodeServersRead() {
        List<Broadcast> heard = new CopyOnWriteArrayList<>();
        done(other.pair()
                .pubSub()
                .subscribe(
                        "socket.io#/chat#red#",
                        (channel, payload) -> heard.add(ClusterCodec.decodeBroadcast(payload.getBytes()))));

        broadcast(member, "hello", new BroadcastOptions(Set.of("red"), Set.of("ben"), BroadcastFlags.NONE));

        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(heard.get(0).packet().namespace()).isEqualTo("/chat");
        assertThat(heard.get(0).packet().data()).hasSize(2);
        assertThat(heard.get(0).target().rooms()).containsExactly("red");
        assertThat(heard.get(0).target().except()).containsExactly("ben");
    }

    @Test
    void whatIsVolatileOrLocalIsNotInTheLog() {
        BroadcastOptions all = BroadcastOptions.ALL;
        done(member.adapter().broadcast(event("volatile"), all.with(BroadcastFlags.NONE.asVolatile())));
        done(member.adapter().broadcast(event("local"), all.with(BroadcastFlags.NONE.asLocal())));

        assertThat(ann.texts()).containsExactly("42/chat,[\"local\"]");
        assertThat(ann.places()).containsExactly(LogPlace.NONE);
        assertThat(console.command("EXISTS", KEY)).isEqualTo(0L);
    }

    @Test
    void nobodyGetsWhatRedisDoesNotHave() {
        redis.kill();

        Uni<Void> told = member.adapter().broadcast(event("lost"), BroadcastOptions.ALL);

        assertThatThrownBy(() -> done(told))
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code())
                                .isIn(ErrorCode.REDIS_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN));
        assertThat(ann.texts()).isEmpty();
    }

    @Test
    void whatWasNotHeardIsReadBeforeWhatIsNewer() {
        proxy.refuse(true);
        proxy.cut("pubsub");
        await().atMost(PATIENCE).until(() -> !member.pair().isReady());
        IntStream.range(0, 500).forEach(i -> broadcast(other, "e" + i, BroadcastOptions.ALL));
        proxy.refuse(false);
        IntStream.range(500, 600).forEach(i -> broadcast(other, "e" + i, BroadcastOptions.ALL));

        await().atMost(PATIENCE).until(() -> ann.texts().size() == 600);
        assertThat(ann.places().stream().map(LogPlace::number)).isSorted().doesNotHaveDuplicates();
        assertThat(ann.places()).doesNotContain(LogPlace.NONE);
        assertThat(member.count("tandem.cluster.log.repaired")).isGreaterThanOrEqualTo(400);
    }

    @Test
    void whatTheLogHasLostIsAGapToEverySocket() {
        proxy.refuse(true);
        proxy.cut("pubsub");
        await().atMost(PATIENCE).until(() -> !member.pair().isReady());
        IntStream.range(0, 10).forEach(i -> broadcast(other, "e" + i, BroadcastOptions.ALL));
        console.command("XTRIM", KEY, "MAXLEN", "4");
        proxy.refuse(false);

        await().atMost(PATIENCE).until(() -> ann.texts().size() == 4);
        assertThat(ann.places().get(0)).isEqualTo(LogPlace.NONE);
        assertThat(ann.places().stream().skip(1).map(LogPlace::number)).containsExactly(7L, 8L, 9L, 10L);
        assertThat(member.count("tandem.cluster.log.lost")).isEqualTo(1);
    }

    @Test
    void logThatHasLostItsEndGoesOnInAnotherEpoch() {
        broadcast(other, "first", BroadcastOptions.ALL);
        broadcast(other, "second", BroadcastOptions.ALL);
        await().atMost(PATIENCE).until(() -> ann.texts().size() == 2);
        LogPlace before = log.reached().orElseThrow();
        console.command("HSET", KEY + ":state", "number", "1");
        console.command("XDEL", KEY, "2-0");

        broadcast(member, "third", BroadcastOptions.ALL);

        await().atMost(PATIENCE).until(() -> ann.texts().size() == 3);
        assertThat(ann.places().get(2)).isEqualTo(LogPlace.NONE);
        assertThat(ann.places().get(3).epoch()).isNotEqualTo(before.epoch());
        refused(NotRecovered.Reason.GONE, absence(before));
    }

    @Test
    void emptiedRedisBeginsAnotherEpoch() {
        broadcast(other, "first", BroadcastOptions.ALL);
        await().atMost(PATIENCE).until(() -> ann.texts().size() == 1);
        LogPlace before = log.reached().orElseThrow();
        console.command("FLUSHALL");

        refused(NotRecovered.Reason.GONE, absence(before));
        broadcast(member, "second", BroadcastOptions.ALL);
        await().atMost(PATIENCE).until(() -> ann.texts().size() == 2);
        refused(NotRecovered.Reason.GONE, absence(before));
    }

    @Test
    void oldEntriesGoInGenerations() {
        broadcast(member, "old", BroadcastOptions.ALL);
        broadcast(member, "newer", BroadcastOptions.ALL);
        console.command("HSET", KEY + ":state", "since", "1000");

        broadcast(member, "new", BroadcastOptions.ALL);

        assertThat(console.command("XLEN", KEY)).isEqualTo(2L);
        assertThat((Long) console.command("PTTL", KEY))
                .isBetween(1L, Duration.ofMinutes(3).toMillis());
        assertThat((Long) console.command("PTTL", KEY + ":state"))
                .isGreaterThan(Duration.ofDays(1).toMillis());
    }

    @Test
    void logIsBounded() {
        try (Member small = Member.join(
                Map.of("redis.url", redis.url()),
                FakeNamespace.logged("/chat"),
                Map.of("socketio.recovery-log", "100"))) {
            for (int i = 0; i < 400; i++) {
                broadcast(small, "e" + i, BroadcastOptions.ALL);
            }
        }
        assertThat((Long) console.command("XLEN", KEY)).isBetween(100L, 250L);
    }

    @Test
    void holesOfManyRoomsAreOneForAll() {
        LogPlace begin = log.reached().orElseThrow();
        for (int i = 0; i < 1_001; i++) {
            console.command("HSET", KEY + ":holes", "{\"rooms\":[\"r" + i + "\"],\"except\":[]}", "0");
        }
        assertThat(done(log.missed(absence(begin))).entries()).isEmpty();
        console.command("PUBLISH", "socket.io#/chat#", "nonsense");
        foreign();

        await().atMost(PATIENCE)
                .until(() -> console.command("HLEN", KEY + ":holes").equals(1L));
        refused(NotRecovered.Reason.UNLOGGED, absence(begin));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ann.places()).containsExactly(LogPlace.NONE));
    }

    private void foreign() {
        try (Member plain = Member.join(redis.url(), new FakeNamespace("/chat"), Map.of())) {
            done(plain.adapter().broadcast(event("foreign"), BroadcastOptions.ALL));
        }
    }

    private void refused(NotRecovered.Reason reason, Absence absence) {
        assertThatThrownBy(() -> done(log.missed(absence)))
                .isInstanceOfSatisfying(
                        NotRecovered.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static Absence absence(LogPlace since) {
        return new Absence(since, since, Set.of(), Set.of("ann", "red"));
    }

    private static Member join(String url) {
        return Member.join(url, FakeNamespace.logged("/chat"), Map.of());
    }

    private static void broadcast(Member from, String name, BroadcastOptions options) {
        done(from.adapter().broadcast(event(name), options));
    }

    private static SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
