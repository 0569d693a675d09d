package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** A user with a role; since when is not known of the owner. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record RoleHolder(UserId user, RoomRole role, Instant since) {

    /** From {@code moderator:<ms>}, as Redis has it. */
    static RoleHolder of(String user, String stored) {
        int colon = stored.indexOf(':');
        return new RoleHolder(
                new UserId(user),
                RoomRole.of(stored.substring(0, colon)),
                Instant.ofEpochMilli(Long.parseLong(stored, colon + 1, stored.length(), 10)));
    }
}
