package dev.tandem.message;

import dev.tandem.id.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Up to which number a user has read a room, where the room stands, and how many numbers are between. */
@RegisterForReflection
public record Unread(RoomId room, long read, long seq, long unread) {}
