package dev.tandem.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter must do for the sockets of its own node, whoever else there is. */
public abstract class AdapterContract {
    protected static final int MAX_ROOMS = 5;
    protected static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);
    private static final SocketIoPacket.Event HELLO = event("hello");

    protected final FakeNamespace namespace = new FakeNamespace("/chat");
    private Adapter adapter;
    private FakeSocket anna;
    private FakeSocket ben;
    private FakeSocket carl;

    /** An adapter for {@link #namespace}, with the limits above, which is ready. */
    protected abstract Adapter create();

    @BeforeEach
    void enter() {
        adapter = create();
        anna = socket("anna");
        ben = socket("ben");
        carl = socket("carl");
        join(anna, "red", "blue");
        join(ben, "red");
    }

    @Test
    void knowsTheRoomsOfASocket() {
        assertThat(adapter.socketRooms("anna")).containsExactlyInAnyOrder("anna", "red", "blue");
        assertThat(adapter.socketRooms("nobody")).isEmpty();
    }

    @Test
    void roomIsThereWhileSomebodyIsInIt() {
        await(adapter.del("anna", "blue"));
        await(adapter.delAll("ben"));

        assertThat(await(adapter.rooms()).items()).containsExactlyInAnyOrder("anna", "carl", "red");
        assertThat(adapter.socketRooms("anna")).containsExactlyInAnyOrder("anna", "red");
        assertThat(adapter.socketRooms("ben")).isEmpty();
    }

    @Test
    void leavingWhereOneIsNotIsHarmless() {
        await(adapter.del("carl", "red"));
        await(adapter.del("nobody", "red"));
        await(adapter.delAll("nobody"));

        assertThat(await(adapter.sockets(Set.of("red"))).items()).containsExactlyInAnyOrder("anna", "ben");
    }

    @Test
    void socketThatIsGoneEntersNothing() {
        namespace.remove(ben);
        await(adapter.delAll("ben"));

        await(adapter.addAll("ben", Set.of("red")));

        assertThat(adapter.socketRooms("ben")).isEmpty();
        assertThat(await(adapter.sockets(Set.of("red"))).items()).containsExactly("anna");
    }

    @Test
    void socketInTooManyRoomsEntersNoneOfTheNewOnes() {
        Throwable failure = catchThrowable(() -> await(adapter.addAll("anna", Set.of("a", "b", "c"))));

        assertThat(failure).isInstanceOf(TooManyRooms.class);
        assertThat(adapter.socketRooms("anna")).containsExactlyInAnyOrder("anna", "red", "blue");
    }

    @Test
    void broadcastReachesEverybody() {
        await(adapter.broadcast(HELLO, BroadcastOptions.ALL));

        assertThat(List.of(anna, ben, carl))
                .allSatisfy(socket -> assertThat(socket.texts()).containsExactly("42/chat,[\"hello\"]"));
    }

    @Test
    void broadcastIsEncodedOnceForAll() {
        await(adapter.broadcast(HELLO, BroadcastOptions.ALL));

        Frame frame = anna.frames().get(0);
        assertThat(ben.frames().get(0)).isSameAs(frame);
        assertThat(carl.frames().get(0)).isSameAs(frame);
    }

    @Test
    void broadcastReachesWhoIsInOneOfTheRoomsOnce() {
        await(adapter.broadcast(HELLO, BroadcastOptions.to("red", "blue", "nowhere")));

        assertThat(anna.frames()).hasSize(1);
        assertThat(ben.frames()).hasSize(1);
        assertThat(carl.frames()).isEmpty();
    }

    @Test
    void broadcastSparesWhoIsInAnExceptedRoom() {
        await(adapter.broadcast(
                HELLO, new BroadcastOptions(Set.of("red"), Set.of("blue", "nowhere"), BroadcastFlags.NONE)));
        await(adapter.broadcast(HELLO, new BroadcastOptions(Set.of(), Set.of("ben"), BroadcastFlags.NONE)));

        assertThat(anna.frames()).hasSize(1);
        assertThat(ben.frames()).hasSize(1);
        assertThat(carl.frames()).hasSize(1);
    }

    @Test
    void broadcastToAnEmptyRoomReachesNobody() {
        await(adapter.broadcast(HELLO, BroadcastOptions.to("nowhere")));

        assertThat(anna.frames()).isEmpty();
    }

    @Test
    void broadcastSparesWhoIsNotConnectedYet() {
        anna.connected(false);

        await(adapter.broadcast(HELLO, BroadcastOptions.to("red")));

        assertThat(anna.frames()).isEmpty();
        assertThat(ben.frames()).hasSize(1);
    }

    @Test
    void volatileBroadcastMayBeDropped() {
        await(adapter.broadcast(HELLO, BroadcastOptions.ALL.with(BroadcastFlags.NONE.asVolatile())));

        assertThat(anna.frames()).isEmpty();
        assertThat(anna.volatileFrames()).hasSize(1);
    }

    @Test
    void broadcastCarriesAttachments() {
        SocketIoPacket.Event packet = event("file", new byte[] {1, 2});

        await(adapter.broadcast(packet, BroadcastOptions.to("red")));

        Frame.Sequence sequence = (Frame.Sequence) anna.frames().get(0);
        assertThat(sequence.parts()).hasSize(2);
        assertThat(((Frame.Binary) sequence.parts().get(1)).data()).containsExactly(1, 2);
    }

    @Test
    void acksOfEverybodyAreGathered() {
        anna.answer("yes");
        ben.answer("no", "more");
        Seen seen = new Seen();

        Gathered<JsonNode> acks = await(adapter.broadcastWithAck(HELLO, BroadcastOptions.to("red"), seen));

        assertThat(acks.isComplete()).isTrue();
        assertThat(acks.items()).extracting(JsonNode::asText).containsExactlyInAnyOrder("yes", "no");
        assertThat(seen.clients).hasValue(2);
        assertThat(seen.acks).hasValue(2);
    }

    @Test
    void ackWithoutArgumentIsNull() {
        carl.answer();

        Gathered<JsonNode> acks = await(adapter.broadcastWithAck(HELLO, BroadcastOptions.to("carl"), AckObserver.NONE));

        assertThat(acks.items()).hasSize(1);
        assertThat(acks.items().get(0).isNull()).isTrue();
    }

    @Test
    void whoIsSilentAtTheDeadlineIsMissing() {
        anna.answer("yes");

        Gathered<JsonNode> acks = await(adapter.broadcastWithAck(
                HELLO,
                BroadcastOptions.to("red").with(BroadcastFlags.NONE.withTimeout(Duration.ofMillis(50))),
                AckObserver.NONE));

        assertThat(acks.items()).hasSize(1);
        assertThat(acks.missing()).isEqualTo(1);
        assertThat(acks.names()).containsExactly("ben");
        assertThat(ben.expected()).isZero();
    }

    @Test
    void whoGoesWithoutAnswerIsMissingAtOnce() {
        anna.answer("yes");
        ben.leaveInsteadOfAnAnswer();

        Gathered<JsonNode> acks = await(adapter.broadcastWithAck(HELLO, BroadcastOptions.to("red"), AckObserver.NONE));

        assertThat(acks.items()).hasSize(1);
        assertThat(acks.names()).containsExactly("ben");
    }

    @Test
    void whoOwesTooManyAcksIsMissingAtOnce() {
        anna.answer("yes");
        ben.refuseAcks();

        Gathered<JsonNode> acks = await(adapter.broadcastWithAck(HELLO, BroadcastOptions.to("red"), AckObserver.NONE));

        assertThat(acks.names()).containsExactly("ben");
    }

    @Test
    void acksOfNobodyAreThereAtOnce() {
        Gathered<JsonNode> acks =
                await(adapter.broadcastWithAck(HELLO, BroadcastOptions.to("nowhere"), AckObserver.NONE));

        assertThat(acks).isEqualTo(Gathered.complete(List.of()));
    }

    @Test
    void findsSockets() {
        assertThat(await(adapter.sockets(Set.of())).items()).containsExactlyInAnyOrder("anna", "ben", "carl");
        assertThat(await(adapter.sockets(Set.of("red"))).items()).containsExactlyInAnyOrder("anna", "ben");
        assertThat(await(adapter.fetchSockets(BroadcastOptions.to("blue"))).items())
                .containsExactly(anna.details());
    }

    @Test
    void makesSocketsJoinAndLeave() {
        await(adapter.addSockets(BroadcastOptions.to("red"), Set.of("green")));
        await(adapter.delSockets(BroadcastOptions.to("blue"), Set.of("red", "green")));

        assertThat(await(adapter.sockets(Set.of("green"))).items()).containsExactly("ben");
        assertThat(await(adapter.sockets(Set.of("red"))).items()).containsExactly("ben");
    }

    @Test
    void putsSocketsOut() {
        await(adapter.disconnectSockets(BroadcastOptions.to("blue"), false));
        await(adapter.disconnectSockets(BroadcastOptions.to("carl"), true));

        assertThat(anna.disconnects()).containsExactly(false);
        assertThat(carl.disconnects()).containsExactly(true);
        assertThat(ben.disconnects()).isEmpty();
    }

    @Test
    void serverOnItsOwnTellsNobody() {
        ArrayNode event = JsonNodeFactory.instance.arrayNode().add("hello");

        await(adapter.serverSideEmit(event));
        Gathered<JsonNode> answers = await(adapter.serverSideEmitWithAck(event, Duration.ofMillis(500)));

        assertThat(answers).isEqualTo(Gathered.complete(List.of()));
        assertThat(await(adapter.serverCount())).isEqualTo(1);
    }

    @Test
    void whoComesAndGoesWhileOthersBroadcastLeavesNothingBehind() throws InterruptedException {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        IntStream.range(0, threads)
                .forEach(thread -> pool.execute(() -> {
                    for (int i = 0; i < 500; i++) {
                        FakeSocket guest = socket("guest-" + thread + "-" + i);
                        join(guest, "red", "blue");
                        await(adapter.broadcast(HELLO, BroadcastOptions.to("red", "blue")));
                        namespace.remove(guest);
                        await(adapter.delAll(guest.id()));
                        await(adapter.addAll(guest.id(), Set.of("red")));
                    }
                    done.countDown();
                }));

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        pool.shutdown();

        assertThat(await(adapter.rooms()).items()).containsExactlyInAnyOrder("anna", "ben", "carl", "red", "blue");
        assertThat(await(adapter.sockets(Set.of())).items()).containsExactlyInAnyOrder("anna", "ben", "carl");
        assertThat(ben.frames()).hasSize(threads * 500);
    }

    /** Counts what it hears. */
    private static final class Seen implements AckObserver {
        private final AtomicInteger clients = new AtomicInteger();
        private final AtomicInteger acks = new AtomicInteger();

        @Override
        public void onClients(int count) {
            clients.addAndGet(count);
        }

        @Override
        public void onAck(JsonNode reply) {
            acks.incrementAndGet();
        }
    }

    protected static SocketIoPacket.Event event(String name, byte[]... attachments) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode().add(name);
        List.of(attachments).forEach(data::add);
        return new SocketIoPacket.Event("/chat", OptionalLong.empty(), data);
    }

    protected static <T> T await(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(20));
    }

    private FakeSocket socket(String sid) {
        FakeSocket socket = new FakeSocket(sid);
        namespace.add(socket);
        join(socket, sid);
        return socket;
    }

    private void join(FakeSocket socket, String... rooms) {
        await(adapter.addAll(socket.id(), Set.of(rooms)));
    }
}
