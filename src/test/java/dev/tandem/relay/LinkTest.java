package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Turns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies that a link carries everything in order, or breaks on both sides, and then carries on. */
class LinkTest {
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Turns loop = new Turns();
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private Node one = new Node();
    private Node two = new Node();

    @BeforeEach
    void connect() {
        one.other = two;
        two.other = one;
    }

    @Test
    void whatIsSaidIsHeardInOrder() {
        one.say(1, 2);
        two.say(3);
        one.say(4);
        deliver();

        assertThat(two.heard).containsExactly("1", "2", "4");
        assertThat(one.heard).containsExactly("3");
    }

    @Test
    void oneTurnLeavesAtOnce() {
        for (int i = 1; i <= 100; i++) {
            one.link.say(new RelayMessage.Abort(i));
        }
        loop.takeAll();

        assertThat(one.sent).hasSize(1);
    }

    @Test
    void whatIsLostBreaksBothSides() {
        healthy();

        one.say(1);
        one.sent.removeLast();
        one.say(2);
        deliver();

        assertThat(two.heard).containsExactly("GAP");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void theLastThatIsLostIsMissedWithTheNextBeat() {
        healthy();

        one.say(1);
        one.sent.removeLast();
        beat();
        beat();

        assertThat(two.heard).contains("GAP");
        assertThat(one.heard).contains("LOST");
        assertHeals();
    }

    @Test
    void theFirstThatIsLostIsMissedToo() {
        one.say(1);
        one.sent.removeLast();
        one.say(2);
        deliver();

        assertThat(two.heard).containsExactly("GAP");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void whatIsRepeatedBreaksBothSides() {
        healthy();

        one.say(1);
        one.sent.add(one.sent.getLast());
        deliver();

        assertThat(two.heard).containsExactly("1", "GAP");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void whatIsSwappedBreaksBothSides() {
        healthy();

        one.say(1);
        one.say(2);
        one.sent.addFirst(one.sent.removeLast());
        deliver();

        assertThat(two.heard).containsExactly("GAP");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void whatIsMalformedBreaksBothSides() {
        healthy();

        two.link.hear(Buffer.buffer("nonsense"));
        deliver();

        assertThat(two.heard).containsExactly("MALFORMED");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void whatCannotBeSentBreaksBothSides() {
        healthy();

        one.failure = new IllegalStateException("no way");
        one.say(1);
        one.failure = null;
        beat();

        assertThat(one.heard).containsExactly("UNSENT");
        assertThat(two.heard).containsExactly("ANEW");
        assertHeals();
    }

    @Test
    void nodeThatWasDeafTellsTheOther() {
        healthy();

        two.link.onDeaf();
        deliver();

        assertThat(two.heard).containsExactly("DEAF");
        assertThat(one.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void bothMayBeDeafAtOnce() {
        healthy();

        one.link.onDeaf();
        two.link.onDeaf();
        deliver();
        beat();

        assertHeals();
    }

    @Test
    void nodeThatStartsAgainBreaksTheOther() {
        healthy();

        two = new Node();
        connect();
        two.say(1);
        deliver();

        assertThat(one.heard).startsWith("ANEW", "1");
        beat();
        assertHeals();
    }

    @Test
    void silenceBreaksTheLink() {
        healthy();

        now.addAndGet(SILENCE.toNanos() + 1);
        one.link.beat(SILENCE);

        assertThat(one.heard).containsExactly("SILENT");
        deliver();
        assertThat(two.heard).containsExactly("LOST");
        assertHeals();
    }

    @Test
    void beatsAreHeardWhereNothingElseIs() {
        healthy();

        for (int i = 0; i < 20; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            beat();
        }

        assertThat(one.heard).isEmpty();
        assertThat(two.heard).isEmpty();
    }

    @Property
    void nothingIsLostRepeatedOrSwappedUnlessBothAreTold(
            @ForAll @Size(max = 60) List<@IntRange(max = 13) Integer> happenings) {
        LinkTest fresh = new LinkTest();
        fresh.connect();
        happenings.forEach(fresh::happen);
        fresh.one.failure = null;
        fresh.two.failure = null;
        for (int i = 0; i < 4; i++) {
            fresh.beat();
        }

        fresh.assertInOrder(fresh.one, fresh.two);
        fresh.assertInOrder(fresh.two, fresh.one);
        fresh.assertHeals();
    }

    private long said;

    private void happen(int what) {
        Node node = what % 2 == 0 ? one : two;
        switch (what / 2) {
            case 0 -> node.say(++said);
            case 1 -> node.sent.pollLast();
            case 2 -> node.sent.addAll(List.copyOf(node.sent));
            case 3 -> node.failure = node.failure == null ? new IllegalStateException("no way") : null;
            case 4 -> node.link.onDeaf();
            case 5 -> deliver();
            default -> beat();
        }
    }

    /** Where a node hears something after something else without a break between, nothing that was said between is missing. */
    private void assertInOrder(Node from, Node to) {
        String last = null;
        for (String heard : to.heard) {
            if (!Character.isDigit(heard.charAt(0))) {
                last = null;
                continue;
            }
            if (last != null) {
                assertThat(from.said.indexOf(heard)).isEqualTo(from.said.indexOf(last) + 1);
            }
            last = heard;
        }
    }

    private void healthy() {
        beat();
        one.heard.clear();
        two.heard.clear();
    }

    private void assertHeals() {
        beat();
        beat();
        one.heard.clear();
        two.heard.clear();
        one.say(100_001, 100_002);
        two.say(100_003, 100_004);
        deliver();
        beat();

        assertThat(two.heard).containsExactly("100001", "100002");
        assertThat(one.heard).containsExactly("100003", "100004");
    }

    private void beat() {
        one.link.beat(SILENCE);
        two.link.beat(SILENCE);
        deliver();
    }

    private void deliver() {
        loop.takeAll();
        while (!one.sent.isEmpty() || !two.sent.isEmpty()) {
            one.deliver();
            two.deliver();
            loop.takeAll();
        }
    }

    /** One side, and what is on its way to the other. */
    private final class Node implements Link.Listener {
        final Deque<Buffer> sent = new ArrayDeque<>();
        final List<String> said = new ArrayList<>();
        final List<String> heard = new ArrayList<>();
        final Link link = new Link(
                this::publish,
                task -> loop.context().runOnContext(ignored -> task.run()),
                names::incrementAndGet,
                now::get,
                this);
        Node other;
        Throwable failure;

        /** All of them in one turn. */
        void say(long... ids) {
            for (long id : ids) {
                said.add(Long.toString(id));
                link.say(new RelayMessage.Abort(id));
            }
            loop.takeAll();
        }

        void deliver() {
            Buffer next = sent.poll();
            if (next != null) {
                other.link.hear(next);
            }
        }

        private Uni<Void> publish(Buffer batch) {
            return Uni.createFrom().deferred(() -> {
                if (failure != null) {
                    return Uni.createFrom().failure(failure);
                }
                sent.add(batch);
                return Uni.createFrom().voidItem();
            });
        }

        @Override
        public void onMessage(RelayMessage message) {
            heard.add(Long.toString(((RelayMessage.ToOwner) message).id()));
        }

        @Override
        public void onBroken(BreakReason reason) {
            heard.add(reason.name());
        }

        @Override
        public void onNodeGone() {
            heard.add("NODE_GONE");
        }
    }
}
