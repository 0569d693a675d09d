package dev.tandem.gateway.websocket;

import io.netty.channel.Channel;

/**
 * Whether a plain WebSocket is read, or its client has to wait. What had been received before is heard all the same, which is what one read
 * takes from the socket; but of a client that has closed its side all is read. On its event loop only.
 */
final class Reading {
    /**
     * So much, and the longest message, is heard while the client has to wait. One read brings less, but for a message that it is the end
     * of.
     */
    private static final int MOST = 1 << 20;
    /** What a frame costs beside its characters. */
    private static final int EACH = 64;

    private final Channel channel;
    private final long most;
    private boolean paused;
    private long heard;

    Reading(Channel channel, int maxPayload) {
        this.channel = channel;
        this.most = MOST + (long) maxPayload;
    }

    void pause() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    void resume() {
        paused = false;
        heard = 0;
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether a frame of so many characters can be heard: false is too much from a client that has to wait. */
    boolean hears(int length) {
        if (paused && heard > most) {
            return false;
        }
        heard += paused ? EACH + length : 0;
        return true;
    }
}
