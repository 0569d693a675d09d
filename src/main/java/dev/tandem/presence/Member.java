package dev.tandem.presence;

import dev.tandem.id.UserRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** A user who is in a room, since when, and with how many connections. */
@RegisterForReflection
public record Member(UserRef user, Instant since, int connections) {}
