package dev.tandem.outbound;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jboss.logging.Logger;

/**
 * One connection's way out: frames leave in the order of the calls, from whatever thread they come. They are counted until the network
 * has taken them; a connection for which too much waits does not read, and is closed with {@link #TOO_SLOW}, so that it costs a bounded
 * amount of memory and holds up nobody.
 *
 * <p>Calls are only noted, see {@link OutboundLoop}; everything that has come since the loop's last turn is written in one go. What is not
 * public is touched on that loop only.
 */
public final class Outbound implements Recipient {
    /** Close code: too slow to read. */
    public static final int TOO_SLOW = 4408;

    /** How long the other side may take to close what this side has closed; then it is cut off. Whole seconds. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** Close code: something unforeseen (RFC 6455, 7.4.1). */
    private static final int BROKEN = 1011;

    private static final Logger LOG = Logger.getLogger(Outbound.class);
    private static final AtomicReferenceFieldUpdater<Outbound, String> CLOSING =
            AtomicReferenceFieldUpdater.newUpdater(Outbound.class, String.class, "closing");
    private static final String SLOW = "too slow to read";
    private static final String UNWRITABLE = "cannot be written";

    private final OutboundLoop loop;
    private final Wire wire;
    /** The shortest way to where {@link #wire} leads. */
    private Wire way;

    private final OutboundLimits limits;
    /** Why this side closes it; null while it does not. */
    private volatile String closing;

    /** Where the last turn that had something for the client has it. */
    private int place;

    private boolean closed;
    private boolean asksEach;
    private long bytes;
    private int frames;

    Outbound(OutboundLoop loop, Wire wire, OutboundLimits limits) {
        this.loop = loop;
        this.wire = wire;
        this.way = wire;
        this.limits = limits;
    }

    /** Sends a frame, unless the connection is being closed. From any thread; returns at once. */
    public void send(Frame frame) {
        if (isOpen() && !loop.offer(turn -> add(frame, turn), frame.bytes())) {
            closeAsTooSlow();
        }
    }

    /** Sends a frame unless it, or what is before it, would have to wait for the client; then it is dropped. From any thread. */
    public void sendVolatile(Frame frame) {
        if (isOpen() && wire.isWritable()) {
            loop.offer(turn -> addVolatile(frame, turn), frame.bytes());
        }
    }

    /** Closes the connection after what was sent before. Only the first call counts, and its reason, which is not null. From any thread. */
    public void close(int code, String reason) {
        if (CLOSING.compareAndSet(this, null, reason)) {
            loop.add(turn -> closeAfterAll(code, reason, turn));
        }
    }

    /** From now on frames take that way instead of the wire, which still says whether it is writable, and is closed. On the loop. */
    public void take(Wire shortest) {
        way = shortest;
    }

    /**
     * Not everybody who is told something over this connection still wants to be: from now on each is asked. On the loop, from the moment on
     * at which one is not {@linkplain Recipient#isOpen open} while the connection is.
     */
    public void askEach() {
        asksEach = true;
    }

    @Override
    public Outbound outbound() {
        return this;
    }

    /** False from {@link #close} on. */
    @Override
    public boolean isOpen() {
        return closing == null;
    }

    /** Why this side closes it; empty as long as it does not, which may be until the client has gone. From any thread. */
    public Optional<String> closeReason() {
        return Optional.ofNullable(closing);
    }

    /** Bytes that this connection's last turns have written and the network has not taken yet. On the loop only. */
    long pendingBytes() {
        return bytes;
    }

    OutboundLoop loop() {
        return loop;
    }

    /** Whether that recipient of this connection wants to be told something. */
    boolean isFor(Recipient recipient) {
        return !closed && (!asksEach || recipient.isOpen());
    }

    void add(Frame frame, Turn turn) {
        if (closed) {
            return;
        }
        if (!turn.has(this, place)) {
            place = turn.begin(this);
        }
        Burst before = turn.burst(place);
        Burst burst = before.plus(frame);
        turn.put(place, burst);
        bytes += burst.bytes() - before.bytes();
        frames += burst.size() - before.size();
        if (bytes > limits.bytes() || frames > limits.frames()) {
            turn.drop(place);
            closing = SLOW;
            closeNow(TOO_SLOW, SLOW);
        }
    }

    void addVolatile(Frame frame, Turn turn) {
        if (wire.isWritable() && bytes <= limits.volatileBytes()) {
            add(frame, turn);
        }
    }

    void closeAsTooSlow() {
        close(TOO_SLOW, SLOW);
    }

    /**
     * Whether what a turn has for the client would leave at once, as far as its {@linkplain Wire#isAtHand way} says; false if that fails as it
     * must not, which others of the turn do not notice.
     */
    boolean isAtHand() {
        try {
            return way.isAtHand();
        } catch (RuntimeException failure) {
            LOG.error("A connection could not be looked at", failure);
            return false;
        }
    }

    /** Writes what a turn has for the client; a wire that fails as it must not costs this connection alone, and not those that are written after it. */
    void writeOrClose(Burst burst) {
        try {
            write(burst);
        } catch (RuntimeException failure) {
            LOG.error("A connection could not be written", failure);
            closing = UNWRITABLE;
            closeNow(BROKEN, UNWRITABLE);
        }
    }

    private void write(Burst burst) {
        Future<Void> left = way.write(burst);
        int size = burst.size();
        int length = burst.bytes();
        if (left.isComplete()) {
            onLeft(size, length);
        } else {
            left.onComplete(done -> onLeft(size, length));
        }
    }

    private void onLeft(int size, int length) {
        frames -= size;
        bytes -= length;
    }

    private void closeAfterAll(int code, String reason, Turn turn) {
        if (turn.has(this, place)) {
            turn.write(place);
        }
        closeNow(code, reason);
    }

    private void closeNow(int code, String reason) {
        if (!closed) {
            closed = true;
            wire.close(code, reason);
        }
    }
}
