package dev.tandem.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies how limits are written, for whom addresses stand, and that what is remembered is bounded. */
class LimitTest {

    @ParameterizedTest
    @CsvSource({"10/1s, 10, 1000", "10/s, 10, 1000", "100/5m, 100, 300000", "3/250ms, 3, 250", "7/2h, 7, 7200000"})
    void readsLimits(String text, int capacity, long millis) {
        assertThat(Limit.valueOf(text)).isEqualTo(new Limit(capacity, Duration.ofMillis(millis)));
    }

    @Test
    void readsNoLimit() {
        assertThat(Limit.valueOf("0").isOff()).isTrue();
        assertThat(Limit.valueOf("1/1s").isOff()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10/", "/1s", "-1/1s", "10/1d", "10/0s", "1.5/1s", "10 per second"})
    void refusesWhatIsNoLimit(String text) {
        assertThatThrownBy(() -> Limit.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, address:10.0.0.1",
        "2001:db8:1:2:3:4:5:6, address:2001:db8:1:2::",
        "2001:db8:1:2:ffff:4:5:6, address:2001:db8:1:2::",
        "2001:db8::7, address:2001:db8::",
        "::1, address:::1"
    })
    void countsAnAddressWithItsNetwork(String address, String bucket) {
        assertThat(Addresses.bucket(address)).isEqualTo(bucket);
    }

    @Test
    void forgetsTheOldestRefusalOfTooMany() {
        Refused refused = new Refused(() -> 0);
        refused.add("first", Duration.ofHours(1));

        for (int i = 0; i < Refused.MOST; i++) {
            refused.add("other-" + i, Duration.ofHours(1));
        }

        assertThat(refused.wait("first")).isEmpty();
        assertThat(refused.wait("other-0")).contains(Duration.ofHours(1));
    }

    @Test
    void forgetsARefusalWhenItsTimeHasCome() {
        long[] now = {0};
        Refused refused = new Refused(() -> now[0]);
        refused.add("bucket", Duration.ofSeconds(2));

        now[0] = Duration.ofSeconds(2).toNanos();

        assertThat(refused.wait("bucket")).isEmpty();
    }
}
