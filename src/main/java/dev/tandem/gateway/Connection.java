package dev.tandem.gateway;

import dev.tandem.id.RoomId;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Recipient;

/**
 * What is under a {@link Client}: the way to reach it, told in which rooms it is. Called on any thread, but for {@link #pause} and {@link
 * #resume}; returns at once.
 */
public interface Connection extends Recipient {

    /** Sends a frame that the client's {@link Door} has encoded. */
    void send(Frame frame);

    /**
     * Lets the client wait with what it says, until {@link #resume}: it is read no more, but for what has been received already. On the
     * client's event loop. Where clients say nothing, nothing.
     */
    default void pause() {}

    /** Lets it go on; what it says may be heard before this returns. On the client's event loop. */
    default void resume() {}

    /** Ends the connection, of a user who is put out; from any thread. */
    void putOut();

    /** The client is in the room; it has not been told so yet. */
    default void onJoined(RoomId room) {}

    /** The client is not in the room any more: it left, was put out, or its connection is gone. */
    default void onLeft(RoomId room) {}
}
