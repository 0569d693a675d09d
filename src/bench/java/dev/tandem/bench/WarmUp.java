package dev.tandem.bench;

import java.util.function.DoubleSupplier;

/** Decides when a server is warm: a JVM on one core compiles for a while, and has little left for its work as long as it does. */
final class WarmUp {
    private static final int AT_LEAST = 2;
    private static final int AT_MOST = 8;
    private static final double BETTER = 0.95;

    private WarmUp() {}

    /** Loads a server again and again until twice in a row it costs no less than before. {@code cost} is that of one load. */
    static void until(DoubleSupplier cost) {
        double least = Double.MAX_VALUE;
        int inVain = 0;
        for (int loads = 0; loads < AT_MOST && inVain < AT_LEAST; loads++) {
            double last = cost.getAsDouble();
            inVain = last < least * BETTER ? 0 : inVain + 1;
            least = Math.min(least, last);
        }
    }
}
