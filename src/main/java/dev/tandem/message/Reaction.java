package dev.tandem.message;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many users react to a message with an emoji, and whether the one who asks does. */
@RegisterForReflection
public record Reaction(String emoji, long count, boolean mine) {}
