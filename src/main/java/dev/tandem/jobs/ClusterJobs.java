package dev.tandem.jobs;

import dev.tandem.presence.Presence;
import dev.tandem.redis.RedisPair;
import dev.tandem.room.Rooms;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What the cluster does once per tick. A run that fails is counted and logged; the next tick tries again. */
@Singleton
class ClusterJobs {
    private static final Logger LOG = Logger.getLogger(ClusterJobs.class);

    private final JobLease lease;
    private final RedisPair pair;
    private final Presence presence;
    private final Rooms rooms;
    private final MeterRegistry registry;
    private final Duration length;

    ClusterJobs(
            JobLease lease, RedisPair pair, Presence presence, Rooms rooms, JobsConfig config, MeterRegistry registry) {
        this.lease = lease;
        this.pair = pair;
        this.presence = presence;
        this.rooms = rooms;
        this.registry = registry;
        this.length = config.tick().multipliedBy(9).dividedBy(10);
    }

    /** Removes the people of nodes that are gone. */
    @Scheduled(
            identity = "presence-reaper",
            every = "${tandem.jobs.tick:3s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reapPresence() {
        return once("presence-reaper", presence::reap);
    }

    /** Removes rooms that have been empty for as long as they may be. */
    @Scheduled(
            identity = "room-janitor",
            every = "${tandem.jobs.tick:3s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> expireRooms() {
        return once("room-janitor", rooms::expire);
    }

    /** Removes messages that are older than those of their rooms may be. */
    @Scheduled(
            identity = "history-janitor",
            every = "${tandem.jobs.tick:3s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> trimHistories() {
        return once("history-janitor", rooms::trim);
    }

    private Uni<Void> once(String job, Supplier<Uni<Integer>> work) {
        if (!pair.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return lease.take(job, length)
                .chain(ours -> ours
                        ? work.get().invoke(done -> onDone(job, done))
                        : Uni.createFrom().item(0))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> onFailed(job, failure));
    }

    private void onDone(String job, int done) {
        registry.counter("tandem.jobs.runs", "job", job).increment();
        if (done > 0) {
            LOG.infof("Job done: job=%s items=%d", job, done);
        }
    }

    private Void onFailed(String job, Throwable failure) {
        registry.counter("tandem.jobs.failures", "job", job).increment();
        LOG.warnf("Job failed: job=%s reason=\"%s\"", job, failure.getMessage());
        return null;
    }
}
