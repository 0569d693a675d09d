package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Up to where a room was read. */
@RegisterForReflection
public record ReadRequest(
        @Schema(required = true, examples = "7") Long seq) {}
