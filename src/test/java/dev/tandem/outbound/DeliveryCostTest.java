package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tandem.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies what a delivery costs, in writes and in memory: not in time, which says little on a machine that others use too. */
class DeliveryCostTest {
    private static final int MEMBERS = 1_000;
    private static final int MESSAGES = 32;
    private static final int MOST_BYTES_PER_DELIVERY = 8;

    private final Turns turns = new Turns();
    private final OutboundLoop loop = new OutboundLoop(this::inTurn, (task, nanos) -> inTurn(task));
    private final CountingWire wire = new CountingWire();
    private final Audience<Outbound> audience = new Audience<>();

    @Test
    void turnWritesOnceToEachMemberHoweverManyMessagesCame() {
        fill();

        deliver();

        assertThat(wire.writes).isEqualTo(MEMBERS);
        assertThat(wire.frames).isEqualTo((long) MEMBERS * MESSAGES);
    }

    @Test
    void deliveryAllocatesNextToNothing() {
        fill();
        IntStream.range(0, 50).forEach(i -> deliver());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        deliver();

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / (MEMBERS * MESSAGES)).isLessThan(MOST_BYTES_PER_DELIVERY);
    }

    private void inTurn(Runnable task) {
        turns.context().runOnContext(turn -> task.run());
    }

    private void fill() {
        OutboundLimits limits = new OutboundLimits(Long.MAX_VALUE, Integer.MAX_VALUE, 0);
        IntStream.range(0, MEMBERS).forEach(i -> audience.add(new Outbound(loop, wire, limits)));
        turns.takeAll();
    }

    private void deliver() {
        for (int i = 0; i < MESSAGES; i++) {
            audience.send(
                    Frame.of("42[\"message\",{\"room\":\"lobby\",\"seq\":1,\"text\":\"sixty-four bytes or so\"}]"));
        }
        turns.takeAll();
    }

    /** Makes of a burst what a WebSocket's channel does. */
    private static final class CountingWire implements Wire {
        private static final Future<Void> LEFT = Future.succeededFuture();
        int writes;
        long frames;

        @Override
        public Future<Void> write(Burst burst) {
            ByteBuf bytes = burst.webSocket(PooledByteBufAllocator.DEFAULT).retainedDuplicate();
            writes++;
            frames += burst.size();
            bytes.release();
            return LEFT;
        }

        @Override
        public void close(int code, String reason) {
            throw new AssertionError(reason);
        }
    }
}
