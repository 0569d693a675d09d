package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something to be said in many rooms: a message, or an event. */
@RegisterForReflection
public record BroadcastRequest(
        @Schema(required = true, description = "1 to 100 rooms", examples = "[\"lobby\", \"kitchen\"]")
        List<String> rooms,

        @Schema(description = "Of a message; the same in each room, so that a repeat is harmless")
        String id,

        @Schema(description = "Of a message", examples = "Closing in five minutes")
        String text,

        @Schema(description = "Anything to go with the text")
        JsonNode data,

        @Schema(description = "Instead of a message") EventRequest event) {

    /** As elsewhere, what is null counts as not given. */
    public BroadcastRequest {
        data = data == null || data.isNull() ? null : data;
    }
}
