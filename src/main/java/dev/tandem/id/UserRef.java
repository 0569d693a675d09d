package dev.tandem.id;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A user as others see them: the id, and the name to show. */
@RegisterForReflection
public record UserRef(UserId id, String name) {}
