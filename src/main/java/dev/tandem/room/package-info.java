/**
 * Rooms: created, listed, found, deleted, and removed when they have been empty for as long as they may be.
 *
 * <p>Start at {@link dev.tandem.room.Rooms}, which keeps the rules; {@code RoomRepository} talks to Redis. What is said in a
 * room is {@code message}'s, who is there is {@code presence}'s. This package knows no door.
 */
package dev.tandem.room;
