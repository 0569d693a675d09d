package dev.tandem.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A whole list. */
@RegisterForReflection
public record Items<T>(List<T> items) {}
