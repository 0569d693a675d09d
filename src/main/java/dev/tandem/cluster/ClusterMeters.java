package dev.tandem.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.IntSupplier;

/** What the cluster's members say to each other, counted under names that begin with {@code tandem_cluster_}. */
@Singleton
class ClusterMeters {
    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter answered;
    private final Counter incomplete;
    private final Counter unpublished;
    private final Counter malformed;
    private final Counter late;
    private final Counter dropped;
    private final Counter repaired;
    private final Counter lost;
    private final Counter holes;

    ClusterMeters(MeterRegistry registry) {
        this.registry = registry;
        this.delivered = counter("tandem.cluster.broadcasts.received", "Broadcasts of others that were passed on here");
        this.answered = counter("tandem.cluster.requests.received", "Requests of others that were carried out here");
        this.incomplete = counter("tandem.cluster.requests.incomplete", "Requests that not everybody answered in time");
        this.unpublished =
                counter("tandem.cluster.publish.failed", "Messages that were not published, for all we know");
        this.malformed = ignored("malformed");
        this.late = ignored("late");
        this.dropped = counter("tandem.cluster.dropped", "What was not done since too much waits");
        this.repaired = counter("tandem.cluster.log.repaired", "Broadcasts that were not heard, and read from the log");
        this.lost =
                counter("tandem.cluster.log.lost", "Times that broadcasts were not heard, and not in the log any more");
        this.holes = counter("tandem.cluster.log.holes", "Broadcasts of others that are in no log, where one is kept");
    }

    void watchPending(IntSupplier size) {
        Gauge.builder("tandem.cluster.requests.pending", size::getAsInt)
                .description("Requests to other servers that wait for answers")
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void answered() {
        answered.increment();
    }

    void incomplete() {
        incomplete.increment();
    }

    void unpublished() {
        unpublished.increment();
    }

    /** It is no message of a cluster. */
    void malformed() {
        malformed.increment();
    }

    /** An answer to a request of this node that does not wait any more, or not for this. */
    void late() {
        late.increment();
    }

    /** Too much waits. */
    void dropped() {
        dropped.increment();
    }

    /** So many broadcasts were not heard, and read from the log. */
    void repaired(int entries) {
        repaired.increment(entries);
    }

    /** Broadcasts were not heard, and the log does not have them. */
    void lost() {
        lost.increment();
    }

    /** Somebody broadcast past the log. */
    void hole() {
        holes.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter ignored(String reason) {
        return Counter.builder("tandem.cluster.messages.ignored")
                .description("Messages of others that were ignored for what they are")
                .tag("reason", reason)
                .register(registry);
    }
}
