package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message to be posted. */
@RegisterForReflection
public record MessageRequest(
        @Schema(description = "Chosen by the client, so that a repeat is harmless", examples = "0b1f6f7e-5b0c")
        String id,

        @Schema(required = true, examples = "Hello") String text,

        @Schema(description = "Anything to go with the text")
        JsonNode data) {

    /** As in a command, data that is null counts as not given. */
    public MessageRequest {
        data = data == null || data.isNull() ? null : data;
    }
}
