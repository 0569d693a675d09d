package dev.tandem.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.cluster.Member;
import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import dev.tandem.internode.TestNodes;
import dev.tandem.redis.RedisProcess;
import dev.tandem.socketio.RestoredSession;
import dev.tandem.socketio.SocketIoConfig;
import dev.tandem.socketio.SocketSession;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.FakeNamespace;
import dev.tandem.socketio.adapter.FakeSocket;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.adapter.Told;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a socket that one node lost is found again by another, with what it missed. */
class ComingBackElsewhereTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static RedisProcess redis;

    private final String chat = "/chat-" + RandomText.letters(8);
    private Node one;
    private Node two;

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void start() {
        one = new Node();
        two = new Node();
    }

    @AfterEach
    void stop() {
        one.member.close();
        two.member.close();
    }

    @Test
    void sessionIsFoundOnAnotherNodeWithWhatWasBroadcastByBoth() {
        FakeSocket ann = one.member.socket("ann", "red");
        one.broadcast("first", BroadcastOptions.to("red"));
        two.broadcast("second", BroadcastOptions.ALL);
        one.broadcast("third", BroadcastOptions.to("ann"));
        await().atMost(PATIENCE).until(() -> ann.places().size() == 3);
        String pid = one.lose(ann, "red");
        two.broadcast("fourth", BroadcastOptions.to("red"));
        one.broadcast("not for her", BroadcastOptions.to("green"));
        one.broadcast("fifth", BroadcastOptions.to("red"));

        RestoredSession restored = two.restore(pid, ann.places().get(1).text()).orElseThrow();
        FakeSocket back = two.member.socket("ann", "red");
        Missed missed = two.missed(restored).orElseThrow();

        assertThat(restored.session().sid()).isEqualTo("ann");
        assertThat(restored.session().rooms()).containsExactlyInAnyOrder("ann", "red");
        assertThat(restored.session().data().path("age").asInt()).isEqualTo(7);
        assertThat(names(missed.entries())).containsExactly("third", "fourth", "fifth");
        one.broadcast("live", BroadcastOptions.to("red"));
        await().atMost(PATIENCE).until(() -> !back.places().isEmpty());
        assertThat(back.places().get(back.places().size() - 1))
                .isEqualTo(missed.end().at(missed.end().number() + 1));
        assertThat(one.restore(pid, ann.places().get(1).text())).isEmpty();
        assertThat(two.count("restored")).isEqualTo(1);
        assertThat(one.count("unknown")).isEqualTo(1);
    }

    @Test
    void everyNodePassesOnTheSameInTheSameOrder() {
        FakeSocket ann = one.member.socket("ann", "red");
        FakeSocket ben = two.member.socket("ben", "red");

        for (int i = 0; i < 200; i++) {
            one.member
                    .adapter()
                    .broadcast(event("one-" + i), i % 2 == 0 ? BroadcastOptions.ALL : BroadcastOptions.to("red"));
            two.member
                    .adapter()
                    .broadcast(event("two-" + i), i % 2 == 1 ? BroadcastOptions.ALL : BroadcastOptions.to("red"));
        }

        await().atMost(PATIENCE)
                .until(() -> ann.places().size() == 400 && ben.places().size() == 400);
        assertThat(ann.texts()).isEqualTo(ben.texts()).doesNotHaveDuplicates();
        assertThat(ann.texts().stream().filter(text -> text.contains("one-")).map(ComingBackElsewhereTest::number))
                .isSorted();
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll(".*\"(one|two)-(\\d+)\".*", "$2"));
    }

    private static List<String> names(List<LogEntry> entries) {
        return entries.stream().map(entry -> entry.packet().name()).toList();
    }

    private SocketIoPacket.Event event(String name) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        return new SocketIoPacket.Event(chat, OptionalLong.empty(), data);
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }

    /** One namespace of a node. */
    private final class Node {
        private final Member member = Member.join(redis.url(), FakeNamespace.logged(chat), Map.of());
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final BroadcastLog log = member.adapter().log().orElseThrow();
        private final LogRecovery recovery;

        Node() {
            NodeId id = new NodeId(RandomText.letters(8));
            SocketIoConfig config = new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(SocketIoConfig.class)
                    .build()
                    .getConfigMapping(SocketIoConfig.class);
            LostSockets lost = new LostSockets(
                    id, TestNodes.open(id, member.pair()), member.pair().commands(), MAPPER, config);
            recovery = new LogRecovery(chat, log, lost, new RecoveryMeters(meters));
        }

        void broadcast(String name, BroadcastOptions options) {
            done(member.adapter().broadcast(event(name), options));
        }

        String lose(FakeSocket socket, String... rooms) {
            String pid = recovery.newPid().orElseThrow();
            Told told = new Told(log.reached().orElseThrow(), socket.places(), false);
            member.namespace().remove(socket);
            done(member.adapter().delAll(socket.id()));
            Set<String> all = Set.of(socket.id(), rooms[0]);
            SocketSession session = new SocketSession(
                    socket.id(), pid, all, MAPPER.createObjectNode().put("age", 7), Optional.of(told));
            done(recovery.persist(null, session));
            return pid;
        }

        Optional<RestoredSession> restore(String pid, String offset) {
            return done(recovery.restore(pid, Optional.of(offset)));
        }

        Optional<Missed> missed(RestoredSession session) {
            return done(session.logged().orElseThrow().get());
        }

        double count(String outcome) {
            return meters.get("tandem.socketio.recoveries")
                    .tag("outcome", outcome)
                    .counter()
                    .count();
        }
    }
}
