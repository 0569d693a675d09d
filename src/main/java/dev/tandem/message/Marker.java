package dev.tandem.message;

import dev.tandem.id.RoomId;

/**
 * Up to which number a user has read a room.
 *
 * @param moved true if that is further than before: what the user's other devices are told
 */
public record Marker(RoomId room, long seq, boolean moved) {}
