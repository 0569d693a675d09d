package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.id.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A room as clients see it.
 *
 * @param isPrivate not listed; whoever knows the id can enter
 * @param emptyTtl seconds after which the room goes when it is empty; null if it stays
 * @param seq the number of the last message, 0 if there is none
 * @param epoch names the room's past; another epoch means that numbers begin anew
 * @param members users present
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Room(
        RoomId id,
        String name,
        @JsonProperty("private") boolean isPrivate,
        Long emptyTtl,
        Instant createdAt,
        long seq,
        String epoch,
        long members) {}
