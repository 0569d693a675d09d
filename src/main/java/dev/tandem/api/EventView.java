package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.EventName;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** An event that was told: to a room, or to a user. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(RoomId room, UserId user, EventName name, String at) {}
