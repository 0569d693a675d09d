package dev.tandem.repeat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/** An answer, as far as it is kept; {@code isWhole} is false where the body was too long. */
@RegisterForReflection
public record KeptAnswer(int status, Map<String, String> headers, String body, boolean isWhole) {}
