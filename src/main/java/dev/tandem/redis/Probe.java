package dev.tandem.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Proves, again and again, that a connection does what it is for. The command connection must answer a PING. The pub/sub connection
 * must get an answer to what it asks, and then what is published to the node's own private channel. A proof that is overdue tears the
 * connection down. One probe for each role; touched on the pair's event loop only, its age read from anywhere.
 *
 * <p>Of the time in which this node itself stood still, as its event loop had too much to do at once or was not let run, no more than an
 * interval counts: the proof may have come, and not have been read.
 */
final class Probe {
    /** Ticks are early or late by less than that part of an interval, if the node does not stand still. */
    private static final int PUNCTUAL = 10;

    private final Duration interval;
    private final Duration timeout;
    private final LongSupplier clock;
    private final Consumer<Probe> send;
    private final Consumer<String> overdue;

    private boolean asked;
    private long tickedNanos;
    private long waitedNanos;
    private volatile long provenNanos;
    private volatile boolean proven;

    Probe(Duration interval, Duration timeout, LongSupplier nanoClock, Consumer<Probe> send, Consumer<String> overdue) {
        this.interval = interval;
        this.timeout = timeout;
        this.clock = nanoClock;
        this.send = send;
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
        asked = false;
        onProof();
    }

    void onLost() {
        proven = false;
        asked = false;
    }

    void onProof() {
        asked = false;
        provenNanos = clock.getAsLong();
        proven = true;
    }

    /** Called at every probe interval while the connection is ready. */
    void tick() {
        long now = clock.getAsLong();
        waitedNanos += Math.min(now - tickedNanos, interval.toNanos());
        tickedNanos = now;
        if (!asked) {
            asked = true;
            waitedNanos = 0;
            send.accept(this);
        } else if (waitedNanos >= timeout.toNanos() - interval.toNanos() / PUNCTUAL) {
            overdue.accept("no answer to a probe within " + timeout.toMillis() + " ms");
        }
    }

    /** When the answer to what is asked now comes too late. */
    long deadline() {
        return clock.getAsLong() + timeout.toNanos();
    }

    static Request ping() {
        return Request.cmd(Command.PING);
    }

    static Request publish(String channel, Buffer payload) {
        return Request.cmd(Command.PUBLISH).arg(channel).arg(payload);
    }
}
