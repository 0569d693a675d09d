package dev.tandem.outbound;

import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The way out over one event loop, for all connections that live on it. What is to be sent is noted in one queue, in the order of the
 * calls, from whatever thread they come: a frame for one connection, or one note of a frame for many. The loop takes everything that has
 * come since its last turn, gives each connection its {@link Burst}, and then writes each burst in one go.
 *
 * <p>That is what makes it fast. A message to a thousand members is one note for each event loop, not a thousand; writing is what costs,
 * a system call for each connection, whatever its length; so when messages come faster than they can be written one by one, the next turn
 * finds more of them, and writes them for the price of one. A turn begins as soon as the loop is free; only one that follows a turn in
 * which much came together waits, at most as long as that one took: what comes back because of it, and makes the next, is read first.
 *
 * <p>Bounded: what is noted and not yet taken has at most {@link #MOST_NOTES} notes and {@link #MOST_BYTES} bytes. Connections that
 * something beyond that is for are closed as too slow, which then is their loop.
 */
public final class OutboundLoop {
    static final int MOST_NOTES = 200_000;
    static final long MOST_BYTES = 64L * 1024 * 1024;
    /** One turn takes no more, so that reading gets its turn as well. */
    private static final int NOTES_PER_TURN = 4096;

    private static final long EACH = MOST_BYTES / MOST_NOTES;

    /** Something to be done on the loop, with what is written in this turn. */
    interface Note {
        void take(Turn turn);
    }

    private static final Logger LOG = Logger.getLogger(OutboundLoop.class);

    private record Sized(Note note, long size) {}

    private static final long LONGEST_REST = Duration.ofMillis(5).toNanos();
    /** Frames for each connection in a turn, beyond the first, from which on the rest is a whole one. */
    private static final double MUCH = 4;

    /** Runs a task on the event loop when so many nanoseconds have passed. */
    interface Later {
        void execute(Runnable task, long nanos);
    }

    private final Executor loop;
    private final Later later;
    private final Queue<Sized> notes = new ConcurrentLinkedQueue<>();
    private final AtomicLong noted = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long restsUntil = System.nanoTime();
    /** How many connections had something to write in the last turn. */
    private int expected;

    /** {@code loop} runs a task on the event loop, after what it is doing now; {@code later} some time after that. */
    OutboundLoop(Executor loop, Later later) {
        this.loop = loop;
        this.later = later;
    }

    /** Turns are taken in that context: who is called in one, and sets a timer or goes on later, stays on the loop. */
    static OutboundLoop of(ContextInternal home) {
        return new OutboundLoop(task -> soon(home, task), (task, nanos) -> later(home, task, nanos));
    }

    private static void soon(ContextInternal home, Runnable task) {
        home.runOnContext(turn -> task.run());
    }

    private static void later(ContextInternal home, Runnable task, long nanos) {
        home.nettyEventLoop().schedule(() -> home.dispatch(task), nanos, TimeUnit.NANOSECONDS);
    }

    /** Notes something of so many bytes, unless too much is noted already. From any thread. */
    boolean offer(Note note, int bytes) {
        long size = Math.max(EACH, bytes);
        if (noted.get() + size > MOST_BYTES) {
            return false;
        }
        add(new Sized(note, size));
        return true;
    }

    /** Notes something that must be done however much is noted: it ends something. From any thread. */
    void add(Note note) {
        add(new Sized(note, 0));
    }

    private void add(Sized note) {
        noted.addAndGet(note.size());
        notes.add(note);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            long rest = restsUntil - System.nanoTime();
            if (rest > 0) {
                later.execute(this::turn, rest);
            } else {
                loop.execute(this::turn);
            }
        }
    }

    private void turn() {
        scheduled.set(false);
        long began = System.nanoTime();
        Turn turn = new Turn(expected);
        long taken = 0;
        Sized next = null;
        for (int i = 0; i < NOTES_PER_TURN && (next = notes.poll()) != null; i++) {
            take(next.note(), turn);
            taken += next.size();
        }
        noted.addAndGet(-taken);
        turn.end();
        expected = turn.size();
        rest(turn, began, System.nanoTime());
        if (next != null) {
            schedule();
        }
    }

    /** One note that fails as it must not costs itself, and not what others have to write in this turn. */
    private static void take(Note note, Turn turn) {
        try {
            note.take(turn);
        } catch (RuntimeException failure) {
            LOG.error("Something could not be sent", failure);
        }
    }

    private void rest(Turn turn, long began, long ended) {
        double part = Math.min(1, (turn.framesForEach() - 1) / MUCH);
        restsUntil = ended + (long) (part * Math.min(LONGEST_REST, ended - began));
    }
}
