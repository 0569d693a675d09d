package dev.tandem.room;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A part of a list, and the cursor of the part after it: null if there is none. */
@RegisterForReflection
public record Page<T>(List<T> items, String next) {}
