package dev.tandem.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies what many are told: everybody the same, in order, each in one go, and that they share what it is made of. */
class AudienceTest {
    private final Turns here = new Turns();
    private final Turns there = new Turns();
    private final OutboundLoop loop = loop(here);
    private final OutboundLoop otherLoop = loop(there);
    private final Audience<Listener> audience = new Audience<>();

    @Test
    void everybodyIsToldOnEveryLoop() {
        Listener ada = add(loop);
        Listener bob = add(loop);
        Listener eve = add(otherLoop);

        audience.send(Frame.of("hi"));
        takeAll();

        assertThat(List.of(ada.heard, bob.heard, eve.heard)).allMatch(List.of("hi")::equals);
        assertThat(audience.size()).isEqualTo(3);
    }

    @Test
    void eachIsToldWhatIsChosenForIt() {
        Listener ada = add(loop);
        Listener bob = add(loop);
        Listener eve = add(otherLoop);
        Frame all = Frame.sequence(List.of(Frame.of("one"), Frame.of("two")));

        audience.send(Frame.of("before"));
        audience.sendEach(all.bytes(), listener -> listener == ada ? Frame.of("two") : listener == bob ? null : all);
        audience.send(Frame.of("after"));
        takeAll();

        assertThat(ada.heard).containsExactly("before", "two", "after");
        assertThat(bob.heard).containsExactly("before", "after");
        assertThat(eve.heard).containsExactly("before", "one", "two", "after");
    }

    @Test
    void whatIsSentToAllAndToOneKeepsTheOrderOfTheCalls() {
        Listener ada = add(loop);
        Listener bob = add(loop);

        audience.send(Frame.of("one"));
        ada.outbound.send(Frame.of("for ada"));
        audience.send(Frame.of("two"));
        takeAll();

        assertThat(ada.heard).containsExactly("one", "for ada", "two");
        assertThat(bob.heard).containsExactly("one", "two");
    }

    @Test
    void whoComesHearsWhatIsSentFromThenOnAndWhoGoesNothingMore() {
        Listener ada = add(loop);
        audience.send(Frame.of("one"));
        Listener bob = add(loop);
        audience.send(Frame.of("two"));
        audience.remove(ada);
        audience.send(Frame.of("three"));
        takeAll();

        assertThat(ada.heard).containsExactly("one", "two");
        assertThat(bob.heard).containsExactly("two", "three");
    }

    @Test
    void onlyThoseWhoAreChosenAndOpenAreTold() {
        Listener ada = add(loop);
        Listener bob = add(loop);
        Listener eve = add(loop);
        eve.open = false;
        eve.outbound.askEach();

        audience.send(Frame.of("not for ada"), listener -> listener != ada);
        takeAll();

        assertThat(ada.heard).isEmpty();
        assertThat(bob.heard).containsExactly("not for ada");
        assertThat(eve.heard).isEmpty();
    }

    @Test
    void testThatFailsKeepsNothingElseFromBeingSent() {
        Listener ada = add(loop);

        audience.send(Frame.of("never"), listener -> {
            throw new IllegalStateException("failed by a test");
        });
        audience.send(Frame.of("hi"));
        takeAll();

        assertThat(ada.heard).containsExactly("hi");
    }

    @Test
    void framesOfOneTurnAreWrittenInOneGo() {
        Listener ada = add(loop);
        for (int i = 0; i < 10; i++) {
            audience.send(Frame.of("message"));
        }
        takeAll();

        assertThat(ada.heard).hasSize(10);
        assertThat(ada.bursts).hasSize(1);
    }

    @Test
    void thoseWithTheSameFramesShareTheBurst() {
        Listener ada = add(loop);
        Listener bob = add(loop);
        Listener eve = add(loop);

        audience.send(Frame.of("one"));
        eve.outbound.send(Frame.of("for eve"));
        audience.send(Frame.of("two"));
        takeAll();

        assertThat(ada.bursts.get(0)).isSameAs(bob.bursts.get(0));
        assertThat(eve.bursts.get(0)).isNotSameAs(ada.bursts.get(0));
    }

    @Test
    void whoeverALoopCannotKeepUpWithIsClosed() {
        Listener ada = add(loop);
        Frame huge = Frame.of(new byte[(int) (OutboundLoop.MOST_BYTES / 2) + 1]);

        audience.send(huge);
        audience.send(huge);
        takeAll();

        assertThat(ada.closed).containsExactly(Outbound.TOO_SLOW);
        assertThat(ada.outbound.isOpen()).isFalse();
    }

    private Listener add(OutboundLoop on) {
        Listener listener = new Listener(on);
        audience.add(listener);
        return listener;
    }

    private void takeAll() {
        here.takeAll();
        there.takeAll();
    }

    private static OutboundLoop loop(Turns turns) {
        return new OutboundLoop(
                task -> turns.context().runOnContext(turn -> task.run()),
                (task, nanos) -> turns.context().runOnContext(turn -> task.run()));
    }

    private static final class Listener implements Recipient, Wire {
        final List<String> heard = new ArrayList<>();
        final List<Burst> bursts = new ArrayList<>();
        final List<Integer> closed = new ArrayList<>();
        final Outbound outbound;
        boolean open = true;

        Listener(OutboundLoop loop) {
            this.outbound = new Outbound(loop, this, new OutboundLimits(Long.MAX_VALUE, Integer.MAX_VALUE, 0));
        }

        @Override
        public Outbound outbound() {
            return outbound;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public Future<Void> write(Burst burst) {
            bursts.add(burst);
            burst.frames().stream()
                    .filter(Frame.Text.class::isInstance)
                    .forEach(frame -> heard.add(((Frame.Text) frame).text()));
            return Future.succeededFuture();
        }

        @Override
        public void close(int code, String reason) {
            closed.add(code);
        }
    }
}
