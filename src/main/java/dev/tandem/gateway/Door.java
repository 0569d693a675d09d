package dev.tandem.gateway;

import dev.tandem.outbound.Frame;

/** A way in for clients, with its own form of events. */
public interface Door {

    /** The door's name in metrics. */
    String label();

    /** The form that an event has on this door; the same for all of its clients. */
    Frame encode(ServerFrame.Event event);
}
