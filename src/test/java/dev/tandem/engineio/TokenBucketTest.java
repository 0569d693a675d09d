package dev.tandem.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Verifies that so many may be taken in a second, and no more. */
class TokenBucketTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final TokenBucket bucket = new TokenBucket(10, now::get);

    @Test
    void givesASecondsWorthAtOnce() {
        assertThat(take(15)).isEqualTo(10);
    }

    @Test
    void fillsAsTimePasses() {
        take(10);

        pass(Duration.ofMillis(500));

        assertThat(take(10)).isEqualTo(5);
    }

    @Test
    void fillsInSmallSteps() {
        take(10);

        long taken = IntStream.range(0, 1_000)
                .peek(i -> pass(Duration.ofMillis(1)))
                .filter(i -> bucket.tryTake())
                .count();

        assertThat(taken).isBetween(9L, 10L);
    }

    @Test
    void savesNoMoreThanASecond() {
        take(10);

        pass(Duration.ofHours(1));

        assertThat(take(100)).isEqualTo(10);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private long take(int times) {
        return IntStream.range(0, times).filter(i -> bucket.tryTake()).count();
    }
}
