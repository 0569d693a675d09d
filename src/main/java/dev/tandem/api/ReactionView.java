package dev.tandem.api;

import dev.tandem.id.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many users react to a message with an emoji, and whether the caller does. */
@RegisterForReflection
public record ReactionView(RoomId room, long seq, String emoji, long count, boolean mine) {}
