package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answers to calls that were made one after another, in that order. */
@RegisterForReflection
public record BatchView(List<Answer> responses) {

    /** One of them. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(
            String id,
            int status,

            @Schema(description = "Missing where there is none")
            JsonNode body,

            @Schema(description = "Location, ETag and Retry-After, where they are given")
            Map<String, String> headers) {}
}
