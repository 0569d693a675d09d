package dev.tandem.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnattendedTest {
    private static final String WORK = "do what a test asks for";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void count() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void countNoMore() {
        Metrics.removeRegistry(registry);
    }

    private double failed(ErrorCode code) {
        Counter counter = registry.find("tandem.unattended.failed")
                .tags("work", WORK, "code", code.wireName())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void whatFailsIsCountedByItsCode() {
        TandemException failure = new TandemException(ErrorCode.REDIS_UNAVAILABLE, "There is no connection.");
        Unattended.run(WORK, Uni.createFrom().failure(failure));

        assertThat(failed(ErrorCode.REDIS_UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void whatFailsUnforeseenIsCountedAsInternal() {
        Unattended.run(WORK, Uni.createFrom().failure(new IllegalStateException("of a test")));

        assertThat(failed(ErrorCode.INTERNAL)).isEqualTo(1);
    }

    @Test
    void whatIsDoneIsNotCounted() {
        String done = "do what nothing is wrong with";
        Unattended.run(done, Uni.createFrom().voidItem());

        assertThat(registry.find("tandem.unattended.failed").tag("work", done).counters())
                .isEmpty();
    }
}
