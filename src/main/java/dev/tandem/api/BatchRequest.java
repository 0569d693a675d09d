package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Calls that are made one after another. */
@RegisterForReflection
public record BatchRequest(
        @Schema(required = true, description = "1 to 50") List<Call> requests) {

    /** One of them. */
    @RegisterForReflection
    public record Call(
            @Schema(
                    required = true,
                    enumeration = {"GET", "POST", "PUT", "PATCH", "DELETE"},
                    examples = "POST")
            String method,

            @Schema(required = true, description = "With the query", examples = "/api/rooms/lobby/messages")
            String path,

            @Schema(description = "As it would be sent by itself", examples = "{\"text\": \"Hello\"}")
            JsonNode body,

            @Schema(description = "Told with the response; up to 200 characters", examples = "first")
            String id) {}
}
