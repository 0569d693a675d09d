package dev.tandem.event;

/** A listener's hold on a room's events. */
public interface RoomSubscription {

    /** Where the room stands for its listeners. On the pair's event loop. */
    RoomHead head();

    /** Stops listening; the node hears nothing of the room any more when nobody listens. Harmless when repeated. */
    void close();
}
