package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A room to be created. */
@RegisterForReflection
public record RoomRequest(
        @Schema(description = "Chosen by the server if missing", examples = "lobby")
        String id,

        @Size(min = 1, max = 200) @Schema(description = "To show; the id if missing", examples = "The lobby")
        String name,

        @JsonProperty("private") @Schema(description = "Not listed; whoever knows the id can enter")
        Boolean isPrivate,

        @Min(1)
        @Max(31_536_000)
        @Schema(description = "Seconds after which the room goes when it is empty; it stays if missing")
        Long emptyTtl) {}
