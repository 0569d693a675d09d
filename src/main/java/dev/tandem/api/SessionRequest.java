package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session to be started, or changed. */
@RegisterForReflection
public record SessionRequest(
        @Schema(description = "1 to 64 characters; chosen by the server if missing", examples = "Ada")
        String name) {}
