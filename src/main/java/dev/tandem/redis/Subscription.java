package dev.tandem.redis;

/** A listener on a channel or pattern. */
public interface Subscription {

    /** Stops listening; the channel is given up with its last listener. Harmless when repeated; from any thread. */
    void close();
}
