package dev.tandem.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.EventName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event that an application makes up. */
@RegisterForReflection
public record EventRequest(
        @Schema(
                required = true,
                pattern = "[a-z0-9._:-]{1,64}",
                examples = "cursor.moved",
                description = "1 to 64 small letters, digits, '.', '_', ':' or '-'")
        String name,

        @Schema(description = "Anything, up to 64 KB", examples = "{\"x\": 10, \"y\": 20}")
        JsonNode data) {

    /** As in a command, data that is null counts as not given. */
    public EventRequest {
        data = data == null || data.isNull() ? null : data;
    }

    /** Fails with {@code invalid_field}. */
    EventName requireName() {
        return new EventName(name);
    }
}
