package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Who was put out, and of how many connections. */
@RegisterForReflection
public record KickView(RoomId room, UserId user, long connections) {}
