package dev.tandem.gateway;

import dev.tandem.outbound.Frame;

/** A way in for clients, with its own form of events. */
public interface Door {

    /** The door's name in metrics. */
    String label();

    /** Whether clients that lose their connection may come back as who they were. */
    default boolean recovers() {
        return false;
    }

    /** The form that an event has on this door; the same for all of its clients. */
    Frame encode(ServerFrame.Event event);
}
