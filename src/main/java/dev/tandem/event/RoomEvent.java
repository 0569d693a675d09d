package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;

/**
 * Something that happened in a room. {@code json} is the object that clients get, as it was written to Redis; it is passed on
 * as it is.
 */
public sealed interface RoomEvent {

    /** A message took number {@code seq} in the room's past {@code epoch}. */
    record Posted(String epoch, long seq, String json) implements RoomEvent {}

    /** A user who was not here is here now. Told to the others. */
    record Joined(UserId user, String json) implements RoomEvent {}

    /** A user's last connection left the room. */
    record Left(UserId user, String json) implements RoomEvent {}

    /** The room is gone. */
    record Deleted(String json) implements RoomEvent {}

    /**
     * The room's past is not what it was, or not all of it can be had any more: the room stands at {@code seq} of {@code epoch},
     * and what members missed before that is lost to them. Never published: each node finds out for itself.
     */
    record Reset(String epoch, long seq, String json) implements RoomEvent {

        public static Reset of(RoomId room, RoomHead head) {
            String json = "{\"room\":\"%s\",\"seq\":%d,\"epoch\":\"%s\",\"recovered\":false}"
                    .formatted(room, head.seq(), head.epoch());
            return new Reset(head.epoch(), head.seq(), json);
        }
    }
}
