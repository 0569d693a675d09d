package dev.tandem.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session's JSON: {@code cookie}, as express-session keeps it, {@code user {id, name}}, and whatever other applications keep there,
 * which stays as it is. Pure; from any thread.
 */
final class SessionJson {
    private final ObjectMapper mapper;
    private final ObjectReader reader;
    private final ObjectReader userReader;

    /** What is looked at with each use of a session. */
    @RegisterForReflection
    record Used(JsonNode user) {}

    SessionJson(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        this.userReader = mapper.readerFor(Used.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** That of a new session. */
    String of(UserRef user, Duration ttl, boolean secure) {
        ObjectNode session = mapper.createObjectNode();
        session.putObject("cookie")
                .put("originalMaxAge", ttl.toMillis())
                .put("expires", Instant.now().plus(ttl).toString())
                .put("secure", secure)
                .put("httpOnly", true)
                .put("sameSite", "lax")
                .put("path", "/");
        session.putObject("user").put("id", user.id().value()).put("name", user.name());
        return write(session);
    }

    /** Empty if the session is gone, or holds no user, as one that another application made. */
    Optional<UserRef> user(String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            Used used = userReader.readValue(json);
            JsonNode user = used == null ? null : used.user();
            if (user == null || !user.path("id").isTextual()) {
                return Optional.empty();
            }
            UserId id = new UserId(user.path("id").asText());
            return Optional.of(new UserRef(id, user.path("name").asText(id.value())));
        } catch (JsonProcessingException | TandemException notOurs) {
            return Optional.empty();
        }
    }

    /** The same session with another name for its user. */
    String renamed(String json, String name) {
        try {
            JsonNode session = reader.readTree(json);
            if (session.path("user") instanceof ObjectNode user) {
                user.put("name", name);
            }
            return write(session);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private String write(JsonNode session) {
        try {
            return mapper.writeValueAsString(session);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
