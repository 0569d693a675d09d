package dev.tandem.room;

import dev.tandem.id.RoomId;
import java.time.Duration;
import java.util.Optional;

/** A room that someone wants. */
public record RoomDraft(RoomId id, String name, boolean isPrivate, Optional<Duration> emptyTtl) {}
