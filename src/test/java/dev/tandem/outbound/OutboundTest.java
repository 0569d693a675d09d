package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that one connection's frames leave in order, and that one which does not read is closed and costs no more. */
class OutboundTest {
    private static final int MOST_BYTES = 100;
    private static final int MOST_FRAMES = 5;

    private final Turns loop = new Turns();
    private final SlowWire wire = new SlowWire();
    private final Outbound outbound = new Outbound(
            new OutboundLoop(this::inTurn, (task, nanos) -> inTurn(task)),
            wire,
            new OutboundLimits(MOST_BYTES, MOST_FRAMES, 10));

    @Test
    void writesFramesInTheOrderOfTheCalls() {
        send("one", "two");
        loop.takeAll();
        send("three");

        loop.takeAll();

        assertThat(wire.done).containsExactly("one", "two", "three");
    }

    @Test
    void writesOnTheLoopOnly() {
        send("one");

        assertThat(wire.done).isEmpty();
    }

    @Test
    void closesAfterWhatWasSent() {
        send("one", "two");
        outbound.close(1000, "bye");

        loop.takeAll();

        assertThat(wire.done).containsExactly("one", "two", "close 1000 bye");
    }

    @Test
    void sendsNothingAfterTheClose() {
        outbound.close(1000, "bye");
        send("late");

        loop.takeAll();
        send("later");
        loop.takeAll();

        assertThat(wire.done).containsExactly("close 1000 bye");
    }

    @Test
    void closesOnceForTheFirstReason() {
        outbound.close(1012, "node goes away");
        outbound.close(1000, "bye");

        loop.takeAll();

        assertThat(wire.done).containsExactly("close 1012 node goes away");
    }

    @Test
    void keepsAConnectionThatIsExactlyAtTheBoundOfBytes() {
        send("x".repeat(60), "x".repeat(40));

        loop.takeAll();

        assertThat(wire.done).hasSize(2);
        assertThat(outbound.pendingBytes()).isEqualTo(MOST_BYTES);
    }

    @Test
    void closesAConnectionForWhichTooManyBytesWait() {
        send("x".repeat(60), "x".repeat(40));
        loop.takeAll();

        send("x", "y");
        loop.takeAll();

        assertThat(wire.done).hasSize(3).endsWith("close 4408 too slow to read");
    }

    @Test
    void closesAConnectionForWhichTooManyFramesWait() {
        IntStream.range(0, MOST_FRAMES).forEach(i -> send("frame"));
        loop.takeAll();

        send("x", "y");
        loop.takeAll();

        assertThat(wire.done).hasSize(MOST_FRAMES + 1).endsWith("close 4408 too slow to read");
    }

    @Test
    void dropsWhatWasNotWrittenYetToAConnectionThatIsTooSlow() {
        IntStream.rangeClosed(0, MOST_FRAMES).forEach(i -> send("frame"));

        loop.takeAll();

        assertThat(wire.done).containsExactly("close 4408 too slow to read");
    }

    @Test
    void countsBytesAndNotCharacters() {
        send("\u20ac".repeat(33));
        loop.takeAll();

        send("\u20ac");
        loop.takeAll();

        assertThat(wire.done).hasSize(2).endsWith("close 4408 too slow to read");
    }

    @Test
    void countsNoMoreWhatTheNetworkHasTaken() {
        for (int i = 0; i < 10 * MOST_FRAMES; i++) {
            send("x".repeat(60));
            loop.takeAll();
            wire.take();
        }

        assertThat(wire.done).hasSize(10 * MOST_FRAMES).allMatch("x".repeat(60)::equals);
        assertThat(outbound.pendingBytes()).isZero();
    }

    @Test
    void countsNoMoreWhatTheNetworkRefused() {
        send("x".repeat(60));
        loop.takeAll();

        wire.refuse();

        assertThat(outbound.pendingBytes()).isZero();
    }

    @Test
    void writesTheFramesOfASequenceOneAfterAnother() {
        outbound.send(Frame.sequence(List.of(Frame.of("text"), Frame.of(new byte[] {1, 2}))));
        send("next");
        loop.takeAll();

        assertThat(wire.done).containsExactly("text", "0102", "next");
    }

    @Test
    void countsASequenceUntilAllOfItHasLeft() {
        outbound.send(Frame.sequence(List.of(Frame.of("text"), Frame.of(new byte[] {1, 2}))));
        loop.takeAll();
        assertThat(outbound.pendingBytes()).isEqualTo(6);

        wire.take();

        assertThat(outbound.pendingBytes()).isZero();
    }

    @Test
    void dropsVolatileFramesForWhoeverIsBehind() {
        send("far more than ten");
        outbound.sendVolatile(Frame.of("dropped"));
        loop.takeAll();

        assertThat(wire.done).containsExactly("far more than ten");
    }

    @Test
    void sendsVolatileFramesToWhoeverKeepsUp() {
        outbound.sendVolatile(Frame.of("sent"));
        loop.takeAll();

        assertThat(wire.done).containsExactly("sent");
    }

    @Test
    void dropsVolatileFramesWhileNothingCanLeave() {
        wire.writable = false;
        outbound.sendVolatile(Frame.of("dropped"));
        send("kept");
        loop.takeAll();

        assertThat(wire.done).containsExactly("kept");
    }

    private void send(String... texts) {
        for (String text : texts) {
            outbound.send(Frame.of(text));
        }
    }

    private void inTurn(Runnable task) {
        loop.context().runOnContext(turn -> task.run());
    }

    /** A socket whose frames leave when the test says so. */
    private static final class SlowWire implements Wire {
        final List<String> done = new ArrayList<>();
        private final Queue<Promise<Void>> leaving = new ArrayDeque<>();
        boolean writable = true;

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public Future<Void> write(Burst burst) {
            burst.frames().forEach(frame -> done.add(shown(frame)));
            Promise<Void> left = Promise.promise();
            leaving.add(left);
            return left.future();
        }

        @Override
        public void close(int code, String reason) {
            done.add("close " + code + " " + reason);
        }

        private static String shown(Frame.Single frame) {
            return frame instanceof Frame.Text text
                    ? text.text()
                    : HexFormat.of().formatHex(((Frame.Binary) frame).data());
        }

        void take() {
            leaving.poll().complete();
        }

        void refuse() {
            leaving.poll().fail("connection reset");
        }
    }
}
