package dev.tandem.api;

import dev.tandem.id.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Up to where a room was read. */
@RegisterForReflection
public record ReadView(RoomId room, long seq) {}
