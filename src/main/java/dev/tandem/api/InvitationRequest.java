package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An invitation to be made. */
@RegisterForReflection
public record InvitationRequest(
        @Schema(description = "How many users it lets in; any number if missing", examples = "1")
        Long uses,

        @Schema(description = "Seconds for which it is valid; for good if missing", examples = "86400")
        Long expires) {
    static final InvitationRequest NONE = new InvitationRequest(null, null);
}
