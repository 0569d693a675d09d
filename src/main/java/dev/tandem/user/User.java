package dev.tandem.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A user as everybody may see them. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record User(UserId id, String name, String createdAt, String lastSeen, JsonNode metadata) {}
