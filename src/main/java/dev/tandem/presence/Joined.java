package dev.tandem.presence;

import dev.tandem.event.RoomHead;

/** Someone is in a room now: where it stood at that moment, and how many users were in it, the new one included. */
public record Joined(RoomHead head, long members) {}
