package dev.tandem.event;

/** Hears what happens in one room. Called on the pair's event loop, one event after another: hand over, never block. */
public interface RoomListener {
    void onEvent(RoomEvent event);
}
