package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that connections are looked at a few in a row before they are written. */
class TurnTest {
    private static final int CONNECTIONS = 40;
    private static final int IN_A_ROW = 16;

    private final OutboundLoop loop = new OutboundLoop(Runnable::run, (task, nanos) -> task.run());
    private final List<String> done = new ArrayList<>();
    private final Turn turn = new Turn(0);

    @Test
    void looksAtAFewInARowThenWritesThem() {
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < CONNECTIONS; from += IN_A_ROW) {
            int to = Math.min(CONNECTIONS, from + IN_A_ROW);
            IntStream.range(from, to).mapToObj(i -> "look at " + i).forEach(expected::add);
            IntStream.range(from, to).mapToObj(i -> "write " + i).forEach(expected::add);
        }
        IntStream.range(0, CONNECTIONS).forEach(i -> open(i, true).add(Frame.of("hello"), turn));

        turn.end();

        assertThat(done).isEqualTo(expected);
        assertThat(turn.atHand()).isEqualTo(CONNECTIONS);
    }

    @Test
    void writesWhatIsNotAtHand() {
        open(0, false).add(Frame.of("hello"), turn);

        turn.end();

        assertThat(done).containsExactly("look at 0", "write 0");
        assertThat(turn.atHand()).isZero();
    }

    @Test
    void connectionThatCannotBeLookedAtCostsNobodyAnything() {
        Wire broken = new KeptWire(0, false) {
            @Override
            public boolean isAtHand() {
                throw new IllegalStateException("failed by a test");
            }
        };
        open(broken).add(Frame.of("hello"), turn);
        open(1, true).add(Frame.of("hello"), turn);

        turn.end();

        assertThat(done).containsExactly("look at 1", "write 0", "write 1");
    }

    @Test
    void doesNotLookAtOneThatWasWrittenBefore() {
        open(0, true).add(Frame.of("hello"), turn);
        turn.write(0);
        done.clear();

        turn.end();

        assertThat(done).isEmpty();
    }

    @Test
    void placeIsOfOneTurnOnly() {
        List<Outbound> both = bothInTurn();
        turn.end();
        done.clear();
        Turn next = new Turn(0);

        both.get(1).add(Frame.of("hello"), next);
        both.get(0).add(Frame.of("hello"), next);
        next.end();

        assertThat(done).containsExactly("look at 1", "look at 0", "write 1", "write 0");
    }

    /** One whose frames were not written, as something failed that must not. */
    @Test
    void turnThatNeverEndedGivesNothingToTheNext() {
        List<Outbound> both = bothInTurn();
        Turn next = new Turn(0);

        both.get(1).add(Frame.of("hello"), next);
        next.end();

        assertThat(done).containsExactly("look at 1", "write 1");
    }

    private List<Outbound> bothInTurn() {
        List<Outbound> both = List.of(open(0, false), open(1, false));
        both.forEach(each -> each.add(Frame.of("hello"), turn));
        return both;
    }

    private Outbound open(int number, boolean atHand) {
        return open(new KeptWire(number, atHand));
    }

    private Outbound open(Wire wire) {
        return new Outbound(loop, wire, new OutboundLimits(1000, 10, 0));
    }

    /** Tells the test what it was asked for. */
    private class KeptWire implements Wire {
        private final int number;
        private final boolean atHand;

        KeptWire(int number, boolean atHand) {
            this.number = number;
            this.atHand = atHand;
        }

        @Override
        public Future<Void> write(Burst burst) {
            done.add("write " + number);
            return Future.succeededFuture();
        }

        @Override
        public boolean isAtHand() {
            done.add("look at " + number);
            return atHand;
        }

        @Override
        public void close(int code, String reason) {
            done.add("close " + number);
        }
    }
}
