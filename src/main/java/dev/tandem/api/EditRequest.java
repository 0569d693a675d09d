package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a message is to say. What is not given stays. */
@RegisterForReflection
public record EditRequest(
        @Schema(examples = "Hello again") String text,

        @Schema(description = "Anything to go with the text")
        JsonNode data) {

    /** As in a command, data that is null counts as not given. */
    public EditRequest {
        data = data == null || data.isNull() ? null : data;
    }
}
