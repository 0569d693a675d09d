package dev.tandem.socketio;

import dev.tandem.outbound.Frame;
import dev.tandem.socketio.adapter.BroadcastLog;
import dev.tandem.socketio.adapter.LogEntry;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.adapter.Told;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What one socket is sent that would be missed if it lost its connection: the places of the last of it are kept, and what comes for
 * one that is just coming back is held until it has got what it missed. From any thread: what is sent, and that it was, are one step.
 */
final class Trail {
    private static final int MOST = 1_000;
    private static final int MOST_HELD_BYTES = 1_000_000;

    private final BroadcastLog log;
    private final Deque<LogPlace> steps = new ArrayDeque<>(1);
    private boolean cut;
    private LogPlace reached = LogPlace.NONE;
    private boolean closed;
    /** Null but for one that is coming back. */
    private Queue<Held> held;

    private int heldBytes;
    private volatile boolean holding;
    private boolean overflowed;

    private record Held(Frame frame, LogPlace place) {}

    private Trail(BroadcastLog log, boolean holding) {
        this.log = log;
        this.holding = holding;
        this.held = holding ? new ArrayDeque<>() : null;
    }

    /** Of a socket that is new. */
    static Trail fresh(BroadcastLog log) {
        return new Trail(log, false);
    }

    /** Of a socket that was told that, and is coming back: what comes is held until {@link #release}. */
    static Trail resumed(BroadcastLog log, Told told) {
        Trail trail = new Trail(log, true);
        trail.steps.addAll(told.trail());
        trail.cut = told.cut();
        return trail;
    }

    boolean isHolding() {
        return holding;
    }

    /** Sends a frame by {@code way}, unless the socket had it, or is gone. */
    synchronized void send(Frame frame, LogPlace place, Consumer<Frame> way) {
        if (closed) {
            return;
        } else if (holding) {
            hold(new Held(frame, place));
        } else if (!isHad(place)) {
            way.accept(frame);
            add(place);
        }
    }

    /** The socket may not have been sent something that is not in the log. */
    synchronized void onGap() {
        overflowed |= holding;
        add(LogPlace.NONE);
    }

    /**
     * The socket is there again: {@code greeting} sends it what it missed, then goes what was held, then {@code open} makes it one that
     * is connected. False, and nothing was done, if too much came meanwhile.
     */
    synchronized boolean release(Missed missed, Runnable greeting, Consumer<Frame> way, Runnable open) {
        if (overflowed) {
            return false;
        }
        greeting.run();
        missed.entries().stream().map(LogEntry::place).forEach(this::add);
        reached = missed.end();
        held.stream().filter(each -> !isHad(each.place())).forEach(each -> {
            way.accept(each.frame());
            add(each.place());
        });
        held = null;
        open.run();
        holding = false;
        return true;
    }

    /** The connection is lost, or so it is for the client: nothing is sent any more. */
    Told close() {
        LogPlace passedOn =
                log.reached().orElse(LogPlace.NONE); // before the end of the trail, so that nothing is in neither
        synchronized (this) {
            closed = true;
            return new Told(passedOn.isUpTo(reached) ? reached : passedOn, List.copyOf(steps), cut);
        }
    }

    private void hold(Held next) {
        heldBytes += next.frame().bytes();
        overflowed |= held.size() == MOST || heldBytes > MOST_HELD_BYTES;
        if (!overflowed) {
            held.add(next);
        }
    }

    private boolean isHad(LogPlace place) {
        return !place.equals(LogPlace.NONE) && place.isUpTo(reached);
    }

    private void add(LogPlace place) {
        if (place.equals(LogPlace.NONE) && LogPlace.NONE.equals(steps.peekLast())) {
            return;
        }
        if (steps.size() == MOST) {
            steps.poll();
            cut = true;
        }
        steps.add(place);
    }
}
