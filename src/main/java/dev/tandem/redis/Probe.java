package dev.tandem.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Proves, again and again, that a connection does what it is for. The command connection must answer a PING. The pub/sub connection
 * must get an answer to what it asks, and then what is published to the node's own private channel. A proof that is overdue tears the
 * connection down. One probe for each role; touched on the pair's event loop only, its age read from anywhere.
 */
final class Probe {
    private final Duration timeout;
    private final Consumer<Probe> send;
    private final Consumer<String> overdue;

    private long askedNanos;
    private boolean asked;
    private volatile long provenNanos = System.nanoTime();
    private volatile boolean proven;

    Probe(Duration timeout, Consumer<Probe> send, Consumer<String> overdue) {
        this.timeout = timeout;
        this.send = send;
        this.overdue = overdue;
    }

    /** True if the connection has proved that it works since it was made. */
    boolean isProven() {
        return proven;
    }

    /** How long ago a connection last proved that it works, this one or the one before. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - provenNanos);
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
        provenNanos = System.nanoTime();
        proven = true;
    }

    /** Called at every probe interval while the connection is ready. */
    void tick() {
        if (!asked) {
            asked = true;
            askedNanos = System.nanoTime();
            send.accept(this);
        } else if (System.nanoTime() - askedNanos > timeout.toNanos()) {
            overdue.accept("no answer to a probe within " + timeout.toMillis() + " ms");
        }
    }

    /** When the answer to what is asked now comes too late. */
    long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    static Request ping() {
        return Request.cmd(Command.PING);
    }

    static Request publish(String channel, Buffer payload) {
        return Request.cmd(Command.PUBLISH).arg(channel).arg(payload);
    }
}
