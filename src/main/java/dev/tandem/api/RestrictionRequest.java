package dev.tandem.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** For how long somebody is banned or muted, and why. */
@RegisterForReflection
public record RestrictionRequest(
        @JsonProperty("for") @Schema(description = "Seconds; for good if missing", examples = "3600")
        Long seconds,

        @Schema(description = "Told to members; up to 500 characters", examples = "Shouting")
        String reason) {
    static final RestrictionRequest NONE = new RestrictionRequest(null, null);
}
