package dev.tandem.error;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** The one way to start work whose result nobody waits for: its failure is logged, never lost. */
public final class Unattended {
    private static final Logger LOG = Logger.getLogger(Unattended.class);

    private Unattended() {}

    /** Starts {@code work} now; {@code what} names it in the log, should it fail. */
    public static void run(String what, Uni<?> work) {
        work.subscribe().with(done -> LOG.tracef("Done: %s", what), failure -> log(what, failure));
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
