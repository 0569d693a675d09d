package dev.tandem.error;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * The one way to start work whose result nobody waits for: its failure is logged, and counted as {@code
 * tandem_unattended_failed_total}, never lost. From any thread.
 */
public final class Unattended {
    private static final Logger LOG = Logger.getLogger(Unattended.class);

    private Unattended() {}

    /** Starts {@code work} now; {@code what} names it in the log and in the metric, should it fail: one of a few texts, not made up anew. */
    public static void run(String what, Uni<?> work) {
        work.subscribe().with(done -> LOG.tracef("Done: %s", what), failure -> fail(what, failure));
    }

    private static void fail(String what, Throwable failure) {
        count(what, TandemException.of(failure).code());
        log(what, failure);
    }

    /** With the registry of the whole process: who starts work has none at hand, and need not. */
    private static void count(String what, ErrorCode code) {
        Counter.builder("tandem.unattended.failed")
                .description("Work that nobody waits for, and that failed")
                .tag("work", what)
                .tag("code", code.wireName())
                .register(Metrics.globalRegistry)
                .increment();
    }

    private static void log(String what, Throwable failure) {
        if (failure instanceof TandemException expected) {
            LOG.warnf(
                    "Failed: work=\"%s\" code=%s reason=\"%s\"",
                    what, expected.code().wireName(), expected.getMessage());
        } else {
            LOG.errorf(failure, "Failed: work=\"%s\"", what);
        }
    }
}
