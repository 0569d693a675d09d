package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies when a connection that does not prove that it works is torn down. */
class ProbeTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final List<String> told = new ArrayList<>();
    private long now = Duration.ofHours(1).toNanos();
    private final Probe probe =
            new Probe(INTERVAL, TIMEOUT, () -> now, asked -> told.add("ask"), cause -> told.add("overdue"));

    @Test
    void asksAgainAfterEachProof() {
        probe.tick();
        probe.onProof();
        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "ask");
    }

    @Test
    void proofThatDoesNotComeInTimeIsOverdue() {
        probe.tick();
        tickAfter(INTERVAL);
        assertThat(told).containsExactly("ask");

        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void tickThatIsALittleEarlyIsInTime() {
        probe.tick();
        tickAfter(INTERVAL.plusMillis(20));
        tickAfter(INTERVAL.minusMillis(20));

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void standstillOfTheNodeIsNotOverdue() {
        probe.tick();
        tickAfter(TIMEOUT.multipliedBy(3));
        // Ticks that were missed follow at once.
        tickAfter(Duration.ofMillis(1));
        tickAfter(Duration.ofMillis(1));

        assertThat(told).containsExactly("ask");
    }

    @Test
    void proofThatDoesNotComeAfterAStandstillEitherIsOverdue() {
        probe.tick();
        tickAfter(TIMEOUT.multipliedBy(3));
        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "overdue");
    }

    private void tickAfter(Duration time) {
        now += time.toNanos();
        probe.tick();
    }
}
