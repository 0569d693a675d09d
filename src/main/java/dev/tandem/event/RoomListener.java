package dev.tandem.event;

/** Hears what happens in one room. Called on the pair's event loop, one event after another: hand over, never block. */
public interface RoomListener {
    void onEvent(RoomEvent event);

    /** For a while nothing was heard: of events without a number, some may never be. */
    default void onResubscribed() {}
}
