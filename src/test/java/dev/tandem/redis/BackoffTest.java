package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verifies how long the pair waits before it connects again. */
class BackoffTest {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(3);

    /** The middle of the random range, which changes nothing. */
    private final Backoff steady = new Backoff(STEP, MAX, 0.2, 0, () -> 0.5);

    @Test
    void reconnectsWithGrowingDelay() {
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(steady::after).map(Duration::toMillis))
                .containsExactly(100L, 200L, 300L, 400L, 500L);
    }

    @Test
    void waitsOneStepAfterAConnectionThatWasReady() {
        assertThat(steady.after(0)).isEqualTo(STEP);
    }

    @ParameterizedTest
    @CsvSource({"29, 2900", "30, 3000", "31, 3000", "1000, 3000", "2147483647, 3000"})
    void waitsNoLongerThanTheLimit(int attempt, long millis) {
        assertThat(steady.after(attempt)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0.0, 1, 80", "1.0, 1, 120", "0.0, 1000, 2400", "1.0, 1000, 3600", "0.25, 10, 900"})
    void isChangedAtRandomByUpToAFifth(double random, int attempt, long millis) {
        Backoff backoff = new Backoff(STEP, MAX, 0.2, 0, () -> random);

        assertThat(backoff.after(attempt)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void waitsAtLeastAMillisecond() {
        Backoff impatient = new Backoff(Duration.ZERO, Duration.ZERO, 1, 0, () -> 0);

        assertThat(impatient.after(3)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void neverEndsUnlessItIsToldTo() {
        assertThat(steady.isExhaustedBy(Integer.MAX_VALUE)).isFalse();
    }

    @Test
    void endsWithTheLastAttempt() {
        Backoff patientForThree = new Backoff(STEP, MAX, 0.2, 3, () -> 0.5);

        assertThat(patientForThree.isExhaustedBy(2)).isFalse();
        assertThat(patientForThree.isExhaustedBy(3)).isTrue();
    }
}
