package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A room as clients see it. What is null is not shown: either the room has no such setting, or it is not for the one who looks. Members
 * see everything; others see {@link #toPublic()}, and nothing at all of a private room that is somebody's.
 *
 * @param isPrivate not listed; if it is somebody's, there for those alone who belong to it, or show its password or an invitation
 * @param emptyTtl seconds after which the room goes when it is empty; null if it stays
 * @param capacity users who may be present; null for any number
 * @param seq the number of the last message, 0 if there is none
 * @param epoch names the room's past; another epoch means that numbers begin anew
 * @param members users present
 * @param version counts changes of the settings, from 1
 * @param owner null if the room is nobody's
 * @param roles users with a role, but for the owner; null if there are none
 * @param slowMode seconds that a user must let pass between two messages
 * @param historyCount messages kept, if fewer than the node keeps
 * @param historyAge seconds for which messages are kept, if shorter than the node keeps them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Room(
        RoomId id,
        String name,
        String topic,
        @JsonProperty("private") boolean isPrivate,
        Long emptyTtl,
        Long capacity,
        Instant createdAt,
        Long seq,
        String epoch,
        Long members,
        Long version,
        boolean passwordRequired,
        boolean locked,
        JsonNode metadata,
        UserId owner,
        Long roles,
        Long slowMode,
        Long historyCount,
        Long historyAge) {

    /** What those see who are not in the room. */
    Room toPublic() {
        return new Room(
                id,
                name,
                topic,
                isPrivate,
                emptyTtl,
                capacity,
                createdAt,
                seq,
                epoch,
                members,
                version,
                passwordRequired,
                locked,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
