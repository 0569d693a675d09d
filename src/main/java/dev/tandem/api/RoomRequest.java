package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A room to be created, or what is to be changed of one. */
@RegisterForReflection
public record RoomRequest(
        @Schema(description = "Chosen by the server if missing", examples = "lobby")
        String id,

        @Size(min = 1, max = 200) @Schema(description = "To show; the id if missing", examples = "The lobby")
        String name,

        @JsonProperty("private")
        @Schema(
                description =
                        "Not listed; if it is somebody's, not there for others who show neither its password nor an invitation")
        Boolean isPrivate,

        @Min(1)
        @Max(31_536_000)
        @Schema(description = "Seconds after which the room goes when it is empty; it stays if missing")
        Long emptyTtl,

        @Schema(description = "Up to 256 characters", examples = "Whatever comes to mind")
        String topic,

        @Schema(description = "Users who may be present at once; any number if missing", examples = "50")
        Long capacity,

        @Schema(description = "Anything, as one object of up to 8 KB; shown to members", implementation = Object.class)
        JsonNode metadata,

        @Schema(description = "Asked of who comes in; never shown", examples = "correct horse")
        String password,

        @Schema(description = "Nobody comes in who has no role and no invitation")
        Boolean locked,

        @Schema(description = "Seconds that a user must let pass between two messages", examples = "10")
        Long slowMode,

        @Schema(description = "Messages kept; the node's number if missing", examples = "200")
        Long historyCount,

        @Schema(
                description = "Seconds for which messages are kept; as the node keeps them if missing",
                examples = "86400")
        Long historyAge) {}
