package dev.tandem.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.cluster.ClusterProfile;
import dev.tandem.cluster.codec.Broadcast;
import dev.tandem.cluster.codec.ClusterChannels;
import dev.tandem.cluster.codec.ClusterCodec;
import dev.tandem.cluster.codec.EventPacket;
import dev.tandem.cluster.codec.Flags;
import dev.tandem.cluster.codec.Target;
import dev.tandem.redis.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a client of a recoverable namespace comes back as who it was, with all that it missed, or as somebody new. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
class LogRecoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    @TestHTTPResource("/")
    URI uri;

    @Inject
    SocketIoServer io;

    @Inject
    KeptNamespaces kept;

    @Inject
    Commands commands;

    @Inject
    MeterRegistry registry;

    private String name;
    private Namespace namespace;
    private ReturningClient ann;

    @BeforeEach
    void connect() {
        name = "/kept-" + NAMESPACES.incrementAndGet();
        namespace = io.of(name);
        ann = new ReturningClient(uri, name, "ann");
        await().atMost(PATIENCE).until(() -> socket() != null && socket().id().equals(ann.sid()));
    }

    @AfterEach
    void disconnect() {
        ann.close();
    }

    @Test
    void clientGetsWhatItMissedInOrderAndNothingElse() {
        done(socket().join("red", "blue"));
        namespace.emit("hello", "before");
        ann.hellosUpTo("before");
        socket().data(Map.of("age", 7));
        ann.lose(kept);

        namespace.to("red").emit("hello", 1);
        namespace.to("green").emit("hello", "not in that room");
        namespace.to("red", "blue").emit("hello", 2);
        namespace.except("blue").emit("hello", "excepted");
        namespace.emit("hello", 3);
        namespace.to(ann.sid()).emit("hello", 4);
        done(namespace.to("red").except("green").emit("hello", 5));

        assertThat(ann.comeBack()).isTrue();
        assertThat(ann.hellosUpTo(5)).containsExactly(1, 2, 3, 4, 5);
        await().atMost(PATIENCE).until(() -> socket() != null);
        assertThat(socket().recovered()).isTrue();
        assertThat(socket().rooms()).containsExactlyInAnyOrder(ann.sid(), "red", "blue");
        assertThat(socket().data().path("age").asInt()).isEqualTo(7);
        socket().emit("hello", "live");
        assertThat(ann.next()).isEqualTo("live");
    }

    @Test
    void whatWasSentAndNotConfirmedIsSentAgain() {
        done(socket().join("red"));
        namespace.to("red").emit("hello", 1);
        ann.hellosUpTo(1);
        String first = ann.offset();
        socket().emit("hello", 2);
        namespace.emit("hello", 3);
        ann.hellosUpTo(3);
        ann.lose(kept);
        done(namespace.emit("hello", 4));

        assertThat(ann.comeBackFrom(first)).isTrue();
        assertThat(ann.hellosUpTo(4)).containsExactly(2, 3, 4);
        ann.lose(kept);
        assertThat(ann.comeBack()).isTrue();
        namespace.emit("hello", 5);
        assertThat(ann.hellosUpTo(5)).containsExactly(5);
    }

    @Test
    void whoGotNothingYetGetsEverything() {
        namespace.emit("hello", 1);
        await().atMost(PATIENCE).until(() -> logLength() == 1);
        ann.lose(kept);
        done(namespace.emit("hello", 2));

        assertThat(ann.comeBack()).isTrue();
        assertThat(ann.hellosUpTo(2)).containsExactly(1, 2);
    }

    @Test
    void roomsThatWereJoinedOrLeftCountFromThenOn() {
        namespace.to("red").emit("hello", "before it joined");
        namespace.emit("hello", "settled");
        ann.hellosUpTo("settled");
        String settled = ann.offset();
        done(socket().join("red"));
        namespace.to("red").emit("hello", 1);
        ann.hellosUpTo(1);
        done(socket().leave("red"));
        done(socket().join("blue"));
        namespace.to("red").emit("hello", "after it left");
        done(namespace.to("blue").emit("hello", 2));
        ann.hellosUpTo(2);
        ann.lose(kept);
        namespace.to("red").emit("hello", "not in there");
        done(namespace.to("blue").emit("hello", 3));

        assertThat(ann.comeBackFrom(settled)).isTrue();
        assertThat(ann.hellosUpTo(3)).containsExactly(1, 2, 3);
        assertThat(namespace.adapter().socketRooms(ann.sid())).containsExactlyInAnyOrder(ann.sid(), "blue");
    }

    @Test
    void sessionIsTakenOnce() {
        ann.lose(kept);
        try (ReturningClient twin = new ReturningClient(uri, name, "twin")) {
            assertThat(ann.comeBack()).isTrue();
            ann.lose(kept);
            assertThat(ann.comeBackFrom("nonsense")).isFalse();
            assertThat(twin.lose(kept).comeBack()).isTrue();
        }
    }

    @Test
    void clientComesBackThoughItsOldConnectionSeemsAlive() {
        done(socket().join("red"));
        namespace.emit("hello", 1);
        ann.hellosUpTo(1);
        Socket old = socket();

        assertThat(ann.comeBack()).isTrue();

        await().atMost(PATIENCE).until(() -> !old.isConnected());
        namespace.to("red").emit("hello", 2);
        assertThat(ann.hellosUpTo(2)).containsExactly(2);
    }

    @Test
    void sessionOfAnotherNamespaceIsNotFound() {
        try (ReturningClient other = new ReturningClient(uri, "/kept-" + NAMESPACES.incrementAndGet(), "other")) {
            other.lose(kept);
            RawClient thief = new RawClient(uri);
            thief.text("40" + name + ",{\"pid\":\"" + other.pid() + "\"}");
            assertThat((String) thief.next()).doesNotContain(other.sid());
            thief.close();
        }
    }

    @Test
    void whatAnotherServerOrEmitterBroadcastMakesASessionNewIfItMayHaveMissedIt() {
        done(socket().join("red"));
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        ann.lose(kept);
        foreign("green", false);
        foreign("red", true);
        await().atMost(PATIENCE).until(() -> holes() == 1);
        assertThat(ann.comeBack()).isTrue();

        ann.lose(kept);
        foreign("red", false);
        await().atMost(PATIENCE).until(() -> holes() == 2);
        assertThat(ann.comeBack()).isFalse();
        assertThat(refused("unlogged")).isPositive();
    }

    @Test
    void whatWasSentPastTheLogMakesASessionNewUnlessSomethingLaterIsConfirmed() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        namespace.asVolatile().emit("hello", 2, 0);
        assertThat(ann.next()).isEqualTo(2);
        namespace.local().emit("hello", 3, 0);
        assertThat(ann.next()).isEqualTo(3);
        done(namespace.emit("hello", 4));
        ann.hellosUpTo(4);
        ann.lose(kept);
        assertThat(ann.comeBack()).isTrue();

        await().atMost(PATIENCE).until(() -> socket() != null);
        namespace.local().emit("hello", 5, 0);
        assertThat(ann.next()).isEqualTo(5);
        ann.lose(kept);
        assertThat(ann.comeBack()).isFalse();
    }

    @Test
    void sessionIsNewIfTheLogHasNotEverythingAnyMore() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        ann.lose(kept);
        done(namespace.emit("hello", 2));
        done(namespace.emit("hello", 3));
        redis(Command.XTRIM, log(), "MAXLEN", "1");

        assertThat(ann.comeBack()).isFalse();
        assertThat(refused("gone")).isPositive();
    }

    @Test
    void sessionIsNewIfRedisHasLostTheLog() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        ann.lose(kept);
        redis(Command.DEL, log(), log() + ":state");
        assertThat(ann.comeBack()).isFalse();

        await().atMost(PATIENCE).until(() -> socket() != null);
        done(namespace.emit("hello", 2));
        assertThat(ann.hellosUpTo(2)).containsExactly(2);
        ann.lose(kept);
        done(namespace.emit("hello", 3));
        assertThat(ann.comeBack()).isTrue();
        assertThat(ann.hellosUpTo(3)).containsExactly(3);
    }

    @Test
    void logWhoseEntriesAreGoneByAgeIsWholeForWhoMissedNone() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        redis(Command.DEL, log());
        ann.lose(kept);

        assertThat(ann.comeBack()).isTrue();
    }

    @Test
    void whoMissedTooMuchIsNew() {
        done(namespace.emit("hello", 0));
        ann.hellosUpTo(0);
        ann.lose(kept);
        emit(1, 1_001);
        assertThat(ann.comeBack()).isFalse();
        assertThat(refused("too_much")).isPositive();
    }

    @Test
    void whatComesWhileTheClientIsComingBackIsHeldForIt() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        ann.lose(kept);
        done(namespace.emit("hello", 2));
        ann.comeBackThrough(name);
        await().atMost(PATIENCE).until(() -> kept.isKnocking(name));
        emit(3, 10);
        kept.door(name).complete(null);

        assertThat(ann.isRecovered()).isTrue();
        assertThat(ann.hellosUpTo(10)).isEqualTo(numbers(2, 10));
        assertThat(done(namespace.fetchSockets())).hasSize(1);
    }

    @Test
    void clientThatIsOvertakenIsNew() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        ann.lose(kept);
        ann.comeBackThrough(name);
        await().atMost(PATIENCE).until(() -> kept.isKnocking(name));
        emit(2, 1_100);
        await().atMost(PATIENCE)
                .until(() -> namespace
                                .adapter()
                                .log()
                                .orElseThrow()
                                .reached()
                                .orElseThrow()
                                .number()
                        == 1_100);
        kept.door(name).complete(null);

        assertThat(ann.isRecovered()).isFalse();
        await().atMost(PATIENCE).until(() -> socket() != null && !socket().recovered());
        namespace.emit("hello", "live");
        assertThat(ann.next()).isEqualTo("live");
        assertThat(refused("overtaken")).isPositive();
    }

    @Test
    void nothingIsMissedOrRepeatedWhereverTheConnectionBreaks() throws Exception {
        done(socket().join("red"));
        int last = 3_000;
        Semaphore unheard = new Semaphore(500);
        Thread sender = new Thread(() -> {
            for (int i = 1; i <= last; i++) {
                unheard.acquireUninterruptibly();
                done((i % 3 == 0 ? namespace.broadcast() : namespace.to("red")).emit("hello", i));
            }
        });
        sender.start();
        List<Object> heard = new ArrayList<>();
        for (int stop = 100; stop <= 2_600; stop += 100) {
            heard.addAll(ann.hellosUpTo(stop));
            unheard.release(100);
            assertThat(ann.lose(kept).comeBack()).as("at %d", stop).isTrue();
        }
        unheard.release(last);
        heard.addAll(ann.hellosUpTo(last));
        sender.join(PATIENCE.toMillis());

        assertThat(heard).isEqualTo(numbers(1, last));
    }

    @Test
    void connectedClientGetsEverythingThoughThePubSubConnectionBreaks() throws Exception {
        int last = 2_000;
        Thread sender = new Thread(() -> {
            for (int i = 1; i <= last; i++) {
                done(namespace.emit("hello", i));
                if (i % 400 == 0) {
                    redis(Command.CLIENT, "KILL", "TYPE", "pubsub");
                }
            }
        });
        sender.start();

        assertThat(ann.hellosUpTo(last)).isEqualTo(numbers(1, last));
        sender.join(PATIENCE.toMillis());
        assertThat(registry.get("tandem.cluster.log.repaired").counter().count())
                .isPositive();
        ann.lose(kept);
        done(namespace.emit("hello", "last"));
        assertThat(ann.comeBack()).isTrue();
        assertThat(ann.next()).isEqualTo("last");
    }

    @Test
    void whatTheLogDoesNotHaveAnyMoreIsPassedOverAndCounted() {
        done(namespace.emit("hello", 1));
        ann.hellosUpTo(1);
        redis(Command.HINCRBY, log() + ":state", "number", "5");
        done(namespace.emit("hello", 7));

        assertThat(ann.hellosUpTo(7)).containsExactly(7);
        assertThat(registry.get("tandem.cluster.log.lost").counter().count()).isPositive();
    }

    @Test
    void otherNamespacesAreAsTheyWere() {
        try (RawClient client = new RawClient(uri)) {
            client.text("40/lab-1,{\"name\":\"plain\"}");
            assertThat((String) client.next()).doesNotContain("pid");
            io.of("/lab-1").emit("hello", 1);
            assertThat(client.next()).isEqualTo("42/lab-1,[\"hello\",1]");
        }
    }

    private Socket socket() {
        return kept.socket("ann");
    }

    private void emit(int first, int last) {
        List<Uni<Void>> all = IntStream.rangeClosed(first, last)
                .mapToObj(i -> namespace.emit("hello", i))
                .toList();
        all.forEach(LogRecoveryTest::done);
    }

    private void foreign(String room, boolean isVolatile) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add("hello").add("foreign");
        Flags flags = isVolatile
                ? new Flags(true, Flags.none().compress(), Flags.none().timeout())
                : Flags.none();
        Broadcast broadcast =
                new Broadcast("emitter", new EventPacket(name, data), new Target(Set.of(room), Set.of()), flags);
        Request publish = Request.cmd(Command.PUBLISH)
                .arg(new ClusterChannels("socket.io", name).broadcast(Set.of(room)))
                .arg(Buffer.buffer(ClusterCodec.encode(broadcast)));
        done(commands.send(Commands.Effect.ONCE, publish));
    }

    private long holes() {
        return redis(Command.HLEN, log() + ":holes").toLong();
    }

    private long logLength() {
        return redis(Command.XLEN, log()).toLong();
    }

    private String log() {
        return "recovery:log:{socket.io#" + name + "}";
    }

    private Response redis(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return done(commands.send(Commands.Effect.ONCE, request));
    }

    private double refused(String outcome) {
        return registry.get("tandem.socketio.recoveries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static List<Object> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().collect(Collectors.toList());
    }

    private static <T> T done(Uni<T> result) {
        return result.await().atMost(PATIENCE);
    }
}
