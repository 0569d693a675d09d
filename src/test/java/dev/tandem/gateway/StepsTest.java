package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Verifies that a room keeps in mind when its last messages were told, and no more than that. */
class StepsTest {
    private static final int MOST = 1_024;

    private final Steps steps = new Steps();

    @Test
    void knowsWhatWasTold() {
        tell(5, 8);

        assertThat(LongStream.rangeClosed(5, 8).allMatch(steps::knows)).isTrue();
        assertThat(steps.timeOf(5)).isEqualTo(50);
        assertThat(steps.timeOf(8)).isEqualTo(80);
    }

    @Test
    void knowsNothingElse() {
        assertThat(steps.knows(0)).isFalse();

        tell(5, 8);

        assertThat(steps.knows(4)).isFalse();
        assertThat(steps.knows(9)).isFalse();
    }

    @Test
    void keepsTheLastOnesWhenThereAreMany() {
        for (long last = 1; last <= 3 * MOST; last++) {
            tell(last, last);
            long first = Math.max(1, last - MOST + 1);
            assertThat(steps.knows(first)).isTrue();
            assertThat(steps.timeOf(first)).isEqualTo(10 * first);
            assertThat(steps.timeOf(last)).isEqualTo(10 * last);
        }

        assertThat(steps.knows(2 * MOST)).isFalse();
    }

    @Test
    void forgetsAPastThatIsLost() {
        tell(1, 40);

        steps.clear();
        tell(7, 7);

        assertThat(steps.knows(6)).isFalse();
        assertThat(steps.timeOf(7)).isEqualTo(70);
    }

    private void tell(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(seq -> steps.add(seq, 10 * seq));
    }
}
