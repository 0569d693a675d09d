package dev.tandem.relay;

import dev.tandem.outbound.Frame;

/**
 * How much of what one client says may be on its way to the owner of its session. Past that the client is not read, until some of it
 * has been heard. Touched on the client's event loop only.
 */
final class Window {
    /** So much, and one message more, may be on its way. */
    static final long MOST = 256 * 1024;

    /** What a frame costs beside its bytes, so that empty ones cost something too. */
    private static final long EACH = 256;

    private long underWay;

    static long size(Frame frame) {
        return EACH + frame.bytes();
    }

    /** True if this fills it. */
    boolean onSaid(long size) {
        boolean wasOpen = isOpen();
        underWay += size;
        return wasOpen && !isOpen();
    }

    /** True if this opens it again. */
    boolean onHeard(long size) {
        boolean wasOpen = isOpen();
        underWay -= size;
        return !wasOpen && isOpen();
    }

    private boolean isOpen() {
        return underWay < MOST;
    }
}
