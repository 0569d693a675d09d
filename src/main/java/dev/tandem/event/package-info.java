/**
 * Everything that can happen in a room, and how every node that has members of the room hears of it: once, in order, with gaps
 * repaired from the history.
 *
 * <p>{@link dev.tandem.event.RoomEvent} is the vocabulary, {@link dev.tandem.event.RoomEventCodec} its form on a room's channel.
 * A {@link dev.tandem.event.RoomFeed} puts what comes in from one channel in order; {@link dev.tandem.event.RoomFeeds} hands
 * feeds out. Events are published by the features' scripts, in the same step that changes the room, so that there is no moment
 * between the change and its announcement. What becomes of the public rooms is the {@link dev.tandem.event.Lobby}'s. This package knows no
 * door: it hands JSON on without looking into it.
 */
package dev.tandem.event;
