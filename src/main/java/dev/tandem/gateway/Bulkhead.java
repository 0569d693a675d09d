package dev.tandem.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Lets so many commands be under way at once, of all connections on one event loop; who comes when it is full gets a turn, in the order of
 * coming. So what is asked of Redis at once is bounded however many connections there are, and each is answered in time. While Redis cannot
 * be asked there is room for all, who are then told so. Those who wait are bounded by who uses it: each connection once. Touched on its
 * event loop only.
 */
final class Bulkhead {
    private final int most;
    private final BooleanSupplier isOpen;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int inside;

    /** For so many at once, or all while {@code isOpen}. */
    Bulkhead(int most, BooleanSupplier isOpen) {
        this.most = most;
        this.isOpen = isOpen;
    }

    /** Whether there is room for one more, which {@link #leave leaves} when it has ended; else {@code turn} is run when there is. */
    boolean enter(Runnable turn) {
        if (hasRoom()) {
            inside++;
            return true;
        }
        waiting.add(turn);
        return false;
    }

    void leave() {
        inside--;
        while (!waiting.isEmpty() && hasRoom()) {
            waiting.remove().run();
        }
    }

    private boolean hasRoom() {
        return inside < most || isOpen.getAsBoolean();
    }
}
