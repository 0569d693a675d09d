package dev.tandem.gateway;

import dev.tandem.id.RoomId;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Recipient;

/** What is under a {@link Client}: the way to reach it, told in which rooms it is. Called on any thread; returns at once. */
public interface Connection extends Recipient {

    /** Sends a frame that the client's {@link Door} has encoded. */
    void send(Frame frame);

    /** Ends the connection, of a user who is put out; from any thread. */
    void putOut();

    /** The client is in the room; it has not been told so yet. */
    default void onJoined(RoomId room) {}

    /** The client is not in the room any more: it left, was put out, or its connection is gone. */
    default void onLeft(RoomId room) {}
}
