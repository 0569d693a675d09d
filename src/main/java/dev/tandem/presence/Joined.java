package dev.tandem.presence;

import dev.tandem.event.RoomHead;

/**
 * Someone is in a room now: where it stood at that moment, how many users were in it, the new one included, how often messages had been
 * changed, and the {@linkplain dev.tandem.event.RoomEvent.Presence#version version} of the users: comings and goings up to that are
 * counted.
 */
public record Joined(RoomHead head, long members, long changes, long version) {}
