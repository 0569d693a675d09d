package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import dev.tandem.id.RoomId;
import dev.tandem.node.Peer;
import dev.tandem.node.PlainPeer;
import dev.tandem.node.SocketIoPeer;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Verifies what a message costs, from the client's frame over Redis to the answer and the delivery, in memory: not in time, which says
 * little on a machine that others use too. Clients have threads of their own.
 */
@QuarkusTest
class MessageCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MESSAGES = 1_000;
    private static final int AT_A_TIME = 20;
    private static final long MOST_BYTES_PER_MESSAGE = 19_500;

    @TestHTTPResource("/")
    URI uri;

    @Inject
    Rooms rooms;

    @ParameterizedTest
    @EnumSource(names = {"SOCKETIO", "WEBSOCKET"})
    void messageAllocatesLittle(Visitor.Door door) {
        RoomId room = rooms.create(new RoomDraft(RoomId.random(), "n", true, Optional.empty()))
                .await()
                .atMost(SOON)
                .id();
        try (Peer peer = door == Visitor.Door.SOCKETIO
                ? SocketIoPeer.connect(uri)
                : PlainPeer.connect(URI.create("ws://" + uri.getAuthority() + "/ws"))) {
            peer.join(room.value());
            say(peer, room);
            long before = allocated();

            say(peer, room);

            assertThat((allocated() - before) / MESSAGES).isBetween(1_000L, MOST_BYTES_PER_MESSAGE);
        }
    }

    private static void say(Peer peer, RoomId room) {
        for (int said = 0; said < MESSAGES; said += AT_A_TIME) {
            List<CompletableFuture<JsonNode>> answers = IntStream.range(0, AT_A_TIME)
                    .mapToObj(i -> peer.send(room.value(), "sixty-four bytes or so"))
                    .toList();
            answers.forEach(Peer::await);
        }
    }

    /** By all event loops, ever. */
    private static long allocated() {
        // A thread that has ended since it was listed is null.
        LongStream loops = Stream.of(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("vert.x-eventloop"))
                .mapToLong(ThreadInfo::getThreadId);
        return LongStream.of(THREADS.getThreadAllocatedBytes(loops.toArray())).sum();
    }
}
