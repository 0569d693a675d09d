package dev.tandem.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.RedisConsole;
import dev.tandem.redis.RedisProcess;
import dev.tandem.redis.Subscription;
import dev.tandem.redis.TestPair;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies what a node does with what it hears of public rooms, and what it lets others hear, whatever there is of it. */
class LobbyHearingTest {
    private static final RoomId A = new RoomId("a");
    private static final RoomId B = new RoomId("b");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static RedisProcess redis;
    private static RedisConsole console;
    private static TestPair pair;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Recorder heard = new Recorder();
    private Lobby lobby;
    private LobbyHearing hearing;
    private Subscription other = () -> {};

    /** Keeps what it is to look at; its looks end when they are let. */
    private static final class Recorder implements LobbyListener {
        final List<Map<RoomId, Change>> rooms = new CopyOnWriteArrayList<>();
        final List<Set<RoomId>> counts = new CopyOnWriteArrayList<>();
        final AtomicInteger missed = new AtomicInteger();
        final CompletableFuture<Void> firstLook = new CompletableFuture<>();

        @Override
        public Uni<Void> onRooms(Map<RoomId, Change> changed) {
            rooms.add(changed);
            return rooms.size() == 1
                    ? Uni.createFrom().completionStage(firstLook)
                    : Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> onCounts(Set<RoomId> counted) {
            counts.add(counted);
            return Uni.createFrom().voidItem();
        }

        @Override
        public void onMissed() {
            missed.incrementAndGet();
        }
    }

    @BeforeAll
    static void open() {
        redis = RedisProcess.start();
        console = redis.console();
        pair = TestPair.open(redis.url());
    }

    @AfterAll
    static void close() {
        console.close();
        pair.close();
        redis.close();
    }

    @BeforeEach
    void listen() {
        LobbyConfig config = new LobbyConfig() {
            @Override
            public Duration countsEvery() {
                return PAUSE;
            }

            @Override
            public int batch() {
                return 500;
            }
        };
        lobby = new Lobby(pair.commands(), pair.pubSub(), pair.vertx(), pair.loop(), config, new EventMeters(registry));
        CompletableFuture<LobbyHearing> opened = new CompletableFuture<>();
        pair.loop().execute(() -> opened.complete(lobby.listen(heard)));
        hearing = opened.join();
        hearing.opened().await().atMost(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        heard.firstLook.complete(null);
        pair.loop().execute(hearing::close);
        other.close();
        await().until(() -> listeners() == 0);
    }

    @Test
    void whatHappensToARoomDuringALookIsLookedAtTogether() {
        publish(LobbyNote.Kind.CHANGED.of(A));
        await().until(() -> heard.rooms.size() == 1);
        publish(LobbyNote.Kind.LISTED.of(A));
        publish(LobbyNote.Kind.LISTED.of(B));
        publish(LobbyNote.Kind.GONE.of(A));
        awaitHeard();

        heard.firstLook.complete(null);

        await().until(() -> heard.rooms.size() == 2);
        assertThat(heard.rooms)
                .containsExactly(
                        Map.of(A, new LobbyListener.Change(false, true)),
                        Map.of(A, new LobbyListener.Change(true, true), B, new LobbyListener.Change(true, false)));
    }

    @Test
    void numbersOfMembersAreLookedAtOnceInAWhileHoweverManyNodesSayThem() {
        long began = System.nanoTime();

        publish(LobbyNote.Kind.COUNTED.of(A));
        for (int i = 0; i < 40; i++) {
            publish(LobbyNote.Kind.COUNTED.of(List.of(A, B)));
        }
        await().until(() -> heard.counts.size() >= 2);

        long pauses = (System.nanoTime() - began) / PAUSE.toNanos();
        assertThat(heard.counts).hasSizeLessThanOrEqualTo((int) pauses + 1);
        assertThat(heard.counts.get(1)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void listIsToBeHadAnewWhenTooManyRoomsWait() {
        publish(LobbyNote.Kind.CHANGED.of(A));
        await().until(() -> heard.rooms.size() == 1);

        publish(LobbyNote.Kind.LISTED.of(many(Batches.MOST + 1)));

        await().until(() -> heard.missed.get() == 1);
        assertThat(registry.counter("tandem.lobby.missed").count()).isEqualTo(1);
    }

    @Test
    void numbersOfTooManyRoomsAreDroppedAndCounted() {
        publish(LobbyNote.Kind.COUNTED.of(A));
        await().until(() -> heard.counts.size() == 1);

        publish(LobbyNote.Kind.COUNTED.of(many(Batches.MOST + 3)));

        await().until(() -> registry.counter("tandem.lobby.counts.dropped").count() > 0);
        assertThat(registry.counter("tandem.lobby.counts.dropped").count()).isLessThanOrEqualTo(3);
        assertThat(heard.missed).hasValue(0);
    }

    @Test
    void listIsToBeHadAnewWhenTheConnectionWasLost() {
        console.command("CLIENT", "KILL", "TYPE", "pubsub");

        await().atMost(Duration.ofSeconds(20)).until(() -> heard.missed.get() == 1);
        publish(LobbyNote.Kind.LISTED.of(A));
        await().until(() -> heard.rooms.size() == 1);
    }

    @Test
    void whatIsNoNoteKeepsNothingFromBeingHeard() {
        publish("?");
        publish(LobbyNote.Kind.LISTED.of(A));

        await().until(() -> heard.rooms.size() == 1);
    }

    @Test
    void manyWhoComeAtOnceAreOneNote() {
        List<String> notes = notes();

        pair.loop().execute(() -> {
            IntStream.range(0, 1_000).forEach(i -> lobby.onCounted(A));
            lobby.onCounted(B);
        });

        await().until(() -> notes.size() == 2);
        assertThat(notes.get(0)).isEqualTo(LobbyNote.Kind.COUNTED.of(A));
        await().until(() -> heard.counts.stream().anyMatch(counted -> counted.contains(B)));
        assertThat(notes).hasSize(2);
    }

    @Test
    void nothingWaitsAnyMoreWhenTheNodeStops() {
        List<String> notes = notes();
        lobby.onCounted(A);
        lobby.onCounted(B);

        lobby.flush().await().atMost(Duration.ofSeconds(10));

        await().until(() -> notes.size() == 2);
        assertThat(notes).containsExactly(LobbyNote.Kind.COUNTED.of(A), LobbyNote.Kind.COUNTED.of(B));
    }

    /** What is said on the channel from now on. */
    private List<String> notes() {
        List<String> notes = new CopyOnWriteArrayList<>();
        other = pair.pubSub()
                .subscribe(LobbyKeys.CHANNEL, (channel, payload) -> notes.add(payload.toString()))
                .await()
                .atMost(Duration.ofSeconds(10));
        return notes;
    }

    /** Until all that was published is heard: what is said last on a channel comes last. */
    private void awaitHeard() {
        publish(LobbyNote.Kind.COUNTED.of(B));
        await().until(() -> !heard.counts.isEmpty());
    }

    private static List<RoomId> many(int count) {
        List<RoomId> rooms = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> rooms.add(new RoomId("room-" + i)));
        return rooms;
    }

    private static long listeners() {
        return (Long) ((List<?>) console.command("PUBSUB", "NUMSUB", LobbyKeys.CHANNEL)).get(1);
    }

    private static void publish(String note) {
        Request publish = Request.cmd(Command.PUBLISH).arg(LobbyKeys.CHANNEL).arg(note);
        pair.commands().send(Effect.ONCE, publish).await().atMost(Duration.ofSeconds(10));
    }
}
