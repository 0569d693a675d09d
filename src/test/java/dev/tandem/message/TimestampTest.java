package dev.tandem.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies that times are written as an instant writes them, whichever second was asked for before. */
class TimestampTest {
    private static final long FIRST_OF_2000 = 946_684_800_000L;
    private static final long FIRST_OF_2100 = 4_102_444_800_000L;

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                9,
                10,
                99,
                100,
                999,
                1000,
                1001,
                1_709_164_799_999L,
                1_709_164_800_000L,
                -1,
                -999,
                -1000,
                -1001
            })
    void isWhatAnInstantWrites(long millis) {
        assertThat(Timestamp.of(millis)).isEqualTo(Instant.ofEpochMilli(millis).toString());
    }

    @Test
    void isSoInAnyOrder() {
        LongStream times = new Random(1).longs(10_000, FIRST_OF_2000, FIRST_OF_2100);

        assertThat(times.boxed())
                .allSatisfy(millis -> assertThat(Timestamp.of(millis))
                        .isEqualTo(Instant.ofEpochMilli(millis).toString()));
    }

    @Test
    void nowIsNow() {
        Instant before = Instant.now().minusMillis(1);

        assertThat(Instant.parse(Timestamp.now())).isBetween(before, Instant.now());
    }
}
