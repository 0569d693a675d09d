package dev.tandem.api;

import dev.tandem.id.RoomId;
import dev.tandem.message.Reaction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The reactions to a message, in the order of their first use. */
@RegisterForReflection
public record ReactionsView(RoomId room, long seq, List<Reaction> reactions) {}
