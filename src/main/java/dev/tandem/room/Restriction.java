package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * A ban or a mute.
 *
 * @param at since when
 * @param until null if it does not end by itself
 * @param by null if that is not known
 * @param reason null if none was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Restriction(UserId user, Instant at, Instant until, UserId by, String reason) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As Redis has it: the scripts read {@code until}, in ms. */
    String stored() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("at", at.toEpochMilli());
        if (until != null) {
            entry.put("until", until.toEpochMilli());
        }
        if (by != null) {
            entry.put("by", by.value());
        }
        if (reason != null) {
            entry.put("reason", reason);
        }
        return entry.toString();
    }

    static Restriction of(String user, String stored) {
        try {
            JsonNode entry = MAPPER.readTree(stored);
            return new Restriction(
                    new UserId(user),
                    Instant.ofEpochMilli(entry.path("at").asLong()),
                    entry.has("until") ? Instant.ofEpochMilli(entry.get("until").asLong()) : null,
                    entry.has("by") ? new UserId(entry.get("by").asText()) : null,
                    entry.has("reason") ? entry.get("reason").asText() : null);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    boolean isInForce(Instant now) {
        return until == null || until.isAfter(now);
    }
}
