package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.MessageUnderWay;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.redis.Commands;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verifies that messages of one client keep their order while many of them are under way at once. */
@QuarkusTest
class BurstTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final UserRef ADA = new UserRef(new UserId("ada"), "Ada");
    private static final int ROUNDS = 10;
    private static final int BURST = 100;
    /** Many times of what may wait. */
    private static final int FLOOD = 3000;

    enum Kind {
        SOCKETIO,
        LONG_POLLING,
        WEBSOCKET
    }

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Rooms rooms;

    @Inject
    Messages messages;

    @Inject
    Commands commands;

    private RoomId room;
    private Peer peer;

    @BeforeEach
    void createRoom() {
        room = done(rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty())))
                .id();
    }

    @AfterEach
    void closePeer() {
        if (peer != null) {
            peer.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersKeepTheOrderToo(Kind kind) {
        join(kind);
        List<Integer> answered = new CopyOnWriteArrayList<>();

        List<CompletableFuture<Void>> all = IntStream.range(0, 60)
                .mapToObj(
                        i -> peer.send(room.value(), i % 5 == 3 ? "" : "m" + i).thenRun(() -> answered.add(i)))
                .toList();

        all.forEach(each -> each.orTimeout(20, TimeUnit.SECONDS).join());
        assertThat(answered)
                .containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
        await().until(() -> peer.seqs(room.value()).equals(numbers(48)));
    }

    @ParameterizedTest
    @EnumSource
    void clientThatSaysMoreThanIsCarriedOutWaits(Kind kind) {
        join(kind);

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, FLOOD)
                .mapToObj(i -> peer.send(room.value(), "m" + i))
                .toList();

        assertThat(numbersOf(answers)).isEqualTo(numbers(FLOOD));
        await().until(() -> peer.seqs(room.value()).equals(numbers(FLOOD)));
    }

    @ParameterizedTest
    @EnumSource
    void orderIsKeptWhileRedisForgetsItsScripts(Kind kind) {
        join(kind);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> forgetting = CompletableFuture.runAsync(() -> forgetScripts(over));

        List<Long> numbers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            numbers.addAll(numbersOf(burst()));
        }

        over.set(true);
        forgetting.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(numbers).isEqualTo(numbers(ROUNDS * BURST));
    }

    @Test
    void messagesToSeveralRoomsKeepTheirOrderInEach() {
        join(Kind.SOCKETIO);
        RoomId other = done(rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty())))
                .id();
        peer.join(other.value());

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, BURST)
                .mapToObj(i -> peer.send((i % 2 == 0 ? room : other).value(), "m" + i))
                .toList();

        assertThat(numbersOf(answers))
                .isEqualTo(numbers(BURST / 2).stream()
                        .flatMap(number -> Stream.of(number, number))
                        .toList());
    }

    @Test
    void messageWaitsForTheOneBeforeIfThatHasNotCome() {
        Promise<PostedMessage> before = Promise.promise();
        Future<PostedMessage> message = send("second", new MessageUnderWay(MessageId.random(), before.future()));
        send("of somebody else", null).toCompletionStage().toCompletableFuture().join();

        assertThat(message.isComplete()).isFalse();
        before.fail("refused");

        assertThat(message.toCompletionStage().toCompletableFuture().join().seq())
                .isEqualTo(2);
    }

    @Test
    void messageDoesNotWaitForTheOneBeforeThatHasCome() {
        PostedMessage first =
                send("first", null).toCompletionStage().toCompletableFuture().join();

        Future<PostedMessage> second =
                send("second", new MessageUnderWay(first.id(), Promise.promise().future()));

        assertThat(second.toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .seq())
                .isEqualTo(2);
    }

    private void join(Kind kind) {
        peer = switch (kind) {
            case SOCKETIO -> SocketIoPeer.connect(uri);
            case LONG_POLLING -> SocketIoPeer.connect(uri, "polling");
            case WEBSOCKET -> PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"));
        };
        assertThat(peer.join(room.value()).path("ok").asBoolean()).isTrue();
    }

    private List<CompletableFuture<JsonNode>> burst() {
        return IntStream.range(0, BURST)
                .mapToObj(i -> peer.send(room.value(), "m" + i))
                .toList();
    }

    private static List<Long> numbersOf(List<CompletableFuture<JsonNode>> answers) {
        return answers.stream()
                .map(answer -> Peer.await(answer).path("seq").asLong())
                .toList();
    }

    private static List<Long> numbers(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Again and again, and each time somebody else's message makes Redis know the script, in between those of the burst. */
    private void forgetScripts(AtomicBoolean over) {
        RoomId other = done(rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty())))
                .id();
        while (!over.get()) {
            done(commands.send(Commands.Effect.ONCE, Request.cmd(Command.SCRIPT).arg("FLUSH")));
            done(messages.post(new MessageDraft(other, ADA, Optional.empty(), "x", null), false));
        }
    }

    private Future<PostedMessage> send(String text, MessageUnderWay before) {
        return messages.send(
                new MessageDraft(room, ADA, Optional.empty(), text, null), false, Optional.ofNullable(before));
    }

    private static <T> T done(Uni<T> work) {
        return work.await().atMost(SOON);
    }
}
