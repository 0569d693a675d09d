package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Proves, again and again, that a connection does what it is for. The command connection must answer a PING. On the pub/sub connection
 * must come what is published to the node's own private channel, and then an answer to what is asked there. A proof that is overdue
 * tears the connection down. One probe for each role; touched on the pair's event loop only, its age read from anywhere.
 *
 * <p>A connection on which a lot waits is slow, not broken:
 *
 * <ul>
 *   <li>Of the time in which this node itself stood still, as its event loop had too much to do at once or was not let run, no more
 *       than an interval counts: the proof may have come, and not have been read.
 *   <li>As long as something comes that may stand before the proof, the wait starts over; {@value #PATIENCE} timeouts long at most.
 *   <li>What the question takes on the other connection does not count.
 * </ul>
 */
final class Probe {
    /** Ticks are early or late by less than that part of an interval, if the node does not stand still. */
    private static final int PUNCTUAL = 10;

    /** How many timeouts a connection that works, but does not come to the proof, is waited for. */
    private static final int PATIENCE = 10;

    /** What is asked of a connection. */
    interface Question {
        /** Asks; completes when only the connection itself can still delay the proof, and fails if that cannot come any more. */
        Future<?> ask(Probe probe);
    }

    private final Duration interval;
    private final Duration timeout;
    private final LongSupplier clock;
    private final LongSupplier heard;
    private final Question question;
    private final Consumer<String> overdue;

    private Future<?> asked;
    private boolean caughtUp;
    private long heardBefore;
    private long tickedNanos;
    private long waitedNanos;
    private long patienceNanos;
    private volatile long provenNanos;
    private volatile boolean proven;

    /** {@code heard} is another number whenever something came on the connection. */
    Probe(
            Duration interval,
            Duration timeout,
            LongSupplier nanoClock,
            LongSupplier heard,
            Question question,
            Consumer<String> overdue) {
        this.interval = interval;
        this.timeout = timeout;
        this.clock = nanoClock;
        this.heard = heard;
        this.question = question;
        this.overdue = overdue;
        this.provenNanos = nanoClock.getAsLong();
    }

    /** True if the connection has proved that it works since it was made. */
    boolean isProven() {
        return proven;
    }

    /** How long ago a connection last proved that it works, this one or the one before. */
    Duration age() {
        return Duration.ofNanos(clock.getAsLong() - provenNanos);
    }

    /** The connection has just become ready, which proves that it worked at that moment. */
    void onReady() {
        onProof();
    }

    void onLost() {
        proven = false;
        asked = null;
    }

    void onProof() {
        asked = null;
        provenNanos = clock.getAsLong();
        proven = true;
    }

    /** What stood before the proof has come; of what comes from now on nothing excuses that it does not. */
    void onCaughtUp() {
        caughtUp = true;
        waitedNanos = 0;
        tickedNanos = clock.getAsLong();
    }

    /** Called at every probe interval while the connection is ready. */
    void tick() {
        long now = clock.getAsLong();
        long passed = Math.min(now - tickedNanos, interval.toNanos());
        tickedNanos = now;
        if (asked == null || asked.failed()) {
            ask();
        } else if (asked.succeeded()) {
            goOnWaiting(passed);
        }
    }

    private void ask() {
        caughtUp = false;
        waitedNanos = 0;
        patienceNanos = timeout.toNanos() * PATIENCE;
        heardBefore = heard.getAsLong();
        asked = question.ask(this).onSuccess(from -> tickedNanos = clock.getAsLong());
    }

    private void goOnWaiting(long passed) {
        long heardNow = heard.getAsLong();
        if (heardNow != heardBefore && !caughtUp) {
            waitedNanos = 0;
        } else {
            waitedNanos += passed;
        }
        heardBefore = heardNow;
        patienceNanos -= passed;
        if (waitedNanos >= timeout.toNanos() - interval.toNanos() / PUNCTUAL || patienceNanos <= 0) {
            overdue.accept("no answer to a probe within " + timeout.toMillis() + " ms");
        }
    }

    /** When an answer to what is asked now is of no use any more. */
    long deadline() {
        return clock.getAsLong() + timeout.toNanos() * PATIENCE;
    }

    static Request ping() {
        return Request.cmd(Command.PING);
    }

    static Request publish(String channel, Buffer payload) {
        return Request.cmd(Command.PUBLISH).arg(channel).arg(payload);
    }
}
