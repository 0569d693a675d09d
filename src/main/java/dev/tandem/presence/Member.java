package dev.tandem.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.UserRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** A user who is in a room, since when, with how many connections, and how present; {@code statusText} is null if there is none. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Member(UserRef user, Instant since, int connections, String status, String statusText) {}
