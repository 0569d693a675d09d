package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A role to be given. */
@RegisterForReflection
public record RoleRequest(
        @Schema(
                required = true,
                enumeration = {"owner", "moderator", "member", "none"},
                examples = "moderator")
        String role) {}
