package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key to be made. */
@RegisterForReflection
public record KeyRequest(
        @Schema(required = true, description = "Says what it is for", examples = "billing")
        String name,

        @Schema(required = true, description = "Of read, publish, moderate and admin", examples = "[\"publish\"]")
        List<String> scopes,

        @Schema(description = "The user as whom it acts unless told otherwise")
        String user) {}
