/**
 * Rooms: created, listed, found, changed, deleted, and removed when they have been empty for as long as they may be; and the order in
 * them.
 *
 * <p>Start at {@link dev.tandem.room.Rooms} and {@link dev.tandem.room.Moderation}, which keep the rules of who may change what, by the
 * table in {@code Rights}; {@code Guard} sees to it that nobody writes who may not any more. {@link dev.tandem.room.Actor} is all that a
 * door says about a caller. The rules of who may come in and say something are kept by the scripts that do it; {@link
 * dev.tandem.room.Doorkeeper} looks at passwords before, and {@link dev.tandem.room.Refusals} tells what the scripts refuse. The
 * repositories talk to Redis. What is said in a room is {@code message}'s, who is there is {@code presence}'s. This package knows no door.
 */
package dev.tandem.room;
