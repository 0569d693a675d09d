package dev.tandem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outbound.Frame;
import dev.tandem.relay.RelayMessage.Opened;
import dev.tandem.relay.RelayMessage.Say;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Verifies that a frame for many clients is carried once, and that no client's frames change their order by that. */
class BundleTest {
    private static final Frame ONE = Frame.of("one");
    private static final Frame TWO = Frame.of("two");

    private final Bundle bundle = new Bundle();

    @Test
    void frameForManyIsCarriedOnce() {
        say(1, ONE);
        say(2, ONE);
        say(3, ONE);

        assertThat(bundle.messages()).containsExactly(new Say(List.of(1L, 2L, 3L), ONE));
    }

    @Test
    void framesThatOnlyLookTheSameAreCarriedEach() {
        say(1, Frame.of("one"));
        say(2, Frame.of("one"));

        assertThat(bundle.messages()).hasSize(2);
    }

    @Test
    void framesForManyAreEachCarriedOnce() {
        say(1, ONE);
        say(1, TWO);
        say(2, ONE);
        say(2, TWO);

        assertThat(bundle.messages()).containsExactly(new Say(List.of(1L, 2L), ONE), new Say(List.of(1L, 2L), TWO));
    }

    @Test
    void clientThatHasSomethingBetweenDoesNotJoin() {
        say(1, ONE);
        say(2, TWO);
        say(2, ONE);

        assertThat(bundle.messages())
                .containsExactly(new Say(List.of(1L), ONE), new Say(List.of(2L), TWO), new Say(List.of(2L), ONE));
    }

    @Test
    void clientGetsAFrameAsOftenAsItWasSaid() {
        say(1, ONE);
        say(1, ONE);

        assertThat(bundle.messages()).hasSize(2);
    }

    @Test
    void nothingIsSaidBeforeTheSocketIsOpened() {
        say(1, ONE);
        bundle.add(new Opened(2));
        say(2, ONE);

        assertThat(bundle.messages())
                .containsExactly(new Say(List.of(1L), ONE), new Opened(2), new Say(List.of(2L), ONE));
    }

    @Test
    void isFullWhenThereIsMuchInIt() {
        say(1, Frame.of(new byte[300_000]));

        assertThat(bundle.isFull()).isTrue();
    }

    @Property
    void everyClientGetsWhatWasSaidInOrder(@ForAll @Size(max = 40) List<@IntRange(max = 19) Integer> said) {
        List<Frame> frames =
                IntStream.range(0, 4).mapToObj(i -> Frame.of("frame " + i)).toList();
        Map<Long, List<Frame>> expected = new HashMap<>();
        Bundle any = new Bundle();
        for (int each : said) {
            long client = each / 4;
            Frame frame = frames.get(each % 4);
            any.add(new Say(List.of(client), frame));
            expected.computeIfAbsent(client, first -> new ArrayList<>()).add(frame);
        }

        Map<Long, List<Frame>> got = new HashMap<>();
        any.messages().stream()
                .map(Say.class::cast)
                .forEach(say -> say.ids()
                        .forEach(id -> got.computeIfAbsent(id, first -> new ArrayList<>())
                                .add(say.frame())));

        assertThat(got).isEqualTo(expected);
    }

    private void say(long client, Frame frame) {
        bundle.add(new Say(List.of(client), frame));
    }
}
