package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody to be put out. */
@RegisterForReflection
public record KickRequest(
        @Schema(required = true, description = "The user's id", examples = "k3x9v0q1m2n4p5r6")
        String user,

        @Schema(description = "Told to members; up to 500 characters", examples = "Shouting")
        String reason) {}
