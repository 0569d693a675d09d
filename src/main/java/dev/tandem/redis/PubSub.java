package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * The pub/sub connection, shared by everything on this node. Channels and patterns come and go at run time and outlive the
 * connection: when it is replaced, all of them are subscribed again. To publish, send PUBLISH through {@link Commands}, or publish in a {@link Script}.
 */
public interface PubSub {

    /** Hears what is published. Called on the pair's event loop, one message after another: hand over, never block. */
    interface Listener {
        void onMessage(String channel, Buffer payload);

        /** The connection was lost and is back; what was published meanwhile was not heard. */
        default void onResubscribed() {}
    }

    /**
     * Listens to a channel. Completes when Redis has confirmed the subscription: what is published from then on is heard. Fails
     * with {@code redis_unavailable}, and then listens to nothing, if that takes longer than the command timeout.
     */
    Uni<Subscription> subscribe(String channel, Listener listener);

    /**
     * The same for a channel on which scripts publish what they do to keys of its slot. In a cluster it is heard from the server
     * that has the slot, and is not passed on to all others; elsewhere there is no difference to {@link #subscribe}.
     */
    Uni<Subscription> ssubscribe(String channel, Listener listener);

    /** The same for every channel that matches {@code pattern}; the listener is told the channel. */
    Uni<Subscription> psubscribe(String pattern, Listener listener);
}
