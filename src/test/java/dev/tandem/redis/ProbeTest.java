package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
    private long heard;
    private Future<?> asked = Future.succeededFuture();
    private final Probe probe =
            new Probe(INTERVAL, TIMEOUT, () -> now, () -> heard, this::ask, cause -> told.add("overdue"));

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

    @Test
    void connectionOnWhichSomethingComesIsSlowAndNotOverdue() {
        probe.tick();
        for (int i = 0; i < 8; i++) {
            heard++;
            tickAfter(INTERVAL);
        }
        assertThat(told).containsExactly("ask");

        tickAfter(INTERVAL);
        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void patienceWithASlowConnectionHasAnEnd() {
        probe.tick();
        for (int i = 0; i < 20; i++) {
            assertThat(told).containsExactly("ask");
            heard++;
            tickAfter(INTERVAL);
        }

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void whatComesBehindThePlaceOfTheProofIsNoExcuse() {
        probe.tick();
        heard++;
        probe.onCaughtUp();
        heard++;
        tickAfter(INTERVAL);
        assertThat(told).containsExactly("ask");

        heard++;
        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void whatTheQuestionTakesElsewhereDoesNotCount() {
        Promise<Void> elsewhere = Promise.promise();
        asked = elsewhere.future();
        probe.tick();
        tickAfter(INTERVAL);
        tickAfter(TIMEOUT);
        now += INTERVAL.dividedBy(2).toNanos();
        elsewhere.complete();
        tickAfter(INTERVAL.dividedBy(2));
        tickAfter(INTERVAL);
        assertThat(told).containsExactly("ask");

        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "overdue");
    }

    @Test
    void questionThatFailedIsAskedAgain() {
        asked = Future.failedFuture("The other connection broke");
        probe.tick();
        asked = Future.succeededFuture();

        tickAfter(TIMEOUT);
        tickAfter(INTERVAL);
        assertThat(told).containsExactly("ask", "ask");

        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "ask", "overdue");
    }

    @Test
    void freshConnectionIsAskedAnew() {
        probe.tick();
        tickAfter(INTERVAL);
        probe.onLost();
        probe.onReady();

        tickAfter(INTERVAL);
        tickAfter(INTERVAL);

        assertThat(told).containsExactly("ask", "ask");
    }

    private Future<?> ask(Probe probe) {
        told.add("ask");
        return asked;
    }

    private void tickAfter(Duration time) {
        now += time.toNanos();
        probe.tick();
    }
}
