package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be changed about a user. */
@RegisterForReflection
public record UserRequest(
        @Schema(description = "1 to 64 characters", examples = "Ada")
        String name,

        @Schema(description = "One object, for everybody to see; takes the place of the one before")
        JsonNode metadata) {

    /** As elsewhere, what is null counts as not given. */
    public UserRequest {
        metadata = metadata == null || metadata.isNull() ? null : metadata;
    }
}
