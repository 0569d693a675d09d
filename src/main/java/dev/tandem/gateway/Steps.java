package dev.tandem.gateway;

/**
 * When the last messages of one room were told on this node, in turns of a clock that all rooms share: so the order in which a client
 * of several rooms was told its messages need not be kept for each client. Bounded. Touched on the pair's event loop only.
 */
final class Steps {
    private static final int FIRST = 16;
    private static final int MOST = 1_024;

    /** The times of consecutive numbers; that of {@code newest} stands before {@code end}. Its length is a power of two. */
    private long[] times = new long[FIRST];

    private int end;
    private int size;
    private long newest;

    /** The room's next message was told. */
    void add(long seq, long time) {
        if (size == times.length && size < MOST) {
            grow();
        }
        newest = seq;
        times[end] = time;
        end = (end + 1) & (times.length - 1);
        size = Math.min(size + 1, times.length);
    }

    /** What was told before does not count any more. */
    void clear() {
        size = 0;
    }

    /** Whether it is known when that message was told. */
    boolean knows(long seq) {
        return seq <= newest && seq > newest - size;
    }

    long timeOf(long seq) {
        return times[(int) (end - 1 - (newest - seq)) & (times.length - 1)];
    }

    /** It is full, so that the oldest stands at the end. */
    private void grow() {
        long[] longer = new long[2 * times.length];
        System.arraycopy(times, end, longer, 0, times.length - end);
        System.arraycopy(times, 0, longer, times.length - end, end);
        end = times.length;
        times = longer;
    }
}
