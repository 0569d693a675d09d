package dev.tandem.presence;

import dev.tandem.event.RoomHead;

/**
 * Someone is in a room now: where it stood at that moment, how many users were in it, the new one included, and how often messages
 * had been changed.
 */
public record Joined(RoomHead head, long members, long changes) {}
