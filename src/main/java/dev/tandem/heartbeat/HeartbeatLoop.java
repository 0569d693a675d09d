package dev.tandem.heartbeat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The heartbeats of all connections on one event loop, by one timer. All of them wait for one of two lengths of time, for the next ping or
 * for the answer to the last, so whoever begins to wait goes to the end of one of two queues, and whose time is up first stands at the
 * beginning: nothing is sorted, and what one of them costs does not depend on how many there are. Called on that event loop only.
 */
final class HeartbeatLoop {
    /** Times are up a little late, together with others'. */
    private static final int ROUNDS_PER_WAIT = 50;

    private static final long NONE = -1;
    private static final long LONGEST_ROUND = Duration.ofMillis(250).toNanos();
    private static final long SHORTEST_ROUND = Duration.ofMillis(1).toNanos();

    private final Vertx vertx;
    private final LongSupplier clock;
    private final long interval;
    private final long timeout;
    private final long round;
    private final Heartbeat.Queue pings = new Heartbeat.Queue();
    private final Heartbeat.Queue answers = new Heartbeat.Queue();
    /** The one timer, and when it goes off; timers are numbered from 0. */
    private long timer = NONE;

    private long armedFor;

    HeartbeatLoop(Vertx vertx, Duration interval, Duration timeout, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.clock = nanoClock;
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        long shorter = Math.min(this.interval, this.timeout);
        this.round = Math.max(SHORTEST_ROUND, Math.min(LONGEST_ROUND, shorter / ROUNDS_PER_WAIT));
    }

    void pingLater(Heartbeat beat) {
        long due = clock.getAsLong() + interval;
        pings.add(beat, due);
        arm(due);
    }

    private void onTime() {
        timer = NONE;
        long now = clock.getAsLong();
        Heartbeat late;
        while ((late = answers.poll(now)) != null) {
            late.owner().onSilence();
        }
        Heartbeat next;
        while ((next = pings.poll(now)) != null) {
            answers.add(next, now + timeout);
            next.owner().onPingDue();
        }
        long never = now + interval + timeout;
        long due = Math.min(pings.nextDue(never), answers.nextDue(never));
        if (due != never) {
            arm(due);
        }
    }

    private void arm(long due) {
        if (timer != NONE && armedFor - due <= 0) {
            return;
        }
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
        armedFor = due;
        long wait = Math.max(round, due - clock.getAsLong());
        timer = vertx.setTimer(Duration.ofNanos(wait).toMillis(), late -> onTime());
    }
}
