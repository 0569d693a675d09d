package dev.tandem.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The users there are: whoever has come lately. From any thread; every method is one round trip, and fails with {@code
 * redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class Users {
    private final Commands commands;
    private final Scripts scripts;
    private final ObjectMapper mapper;
    private final UserConfig config;
    private final Script touch = Script.load("touch-user", Effect.REPEATABLE);
    private final Script update = Script.load("update-user", Effect.REPEATABLE);
    private final Script end = Script.load("end-user", Effect.REPEATABLE);

    /** How sure it is what a user is called. */
    public enum Naming {
        /** The name counts, whatever was known before. */
        REPLACE,
        /** The name is for a user who has none yet. */
        SUGGEST,
        /** Only a user who is known already is noted, by whatever name. */
        KNOWN_ONLY
    }

    Users(Commands commands, Scripts scripts, ObjectMapper mapper, UserConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.mapper = mapper;
        this.config = config;
    }

    /**
     * Notes that a user has come, with credentials made at {@code madeAt}. Completes with the user by the name that counts, which is
     * the one given where none is known; empty if the user was deleted after the credentials were made.
     */
    public Uni<Optional<UserRef>> touch(UserRef user, Naming naming, Instant madeAt) {
        return scripts.run(
                        touch,
                        List.of(UserKeys.details(user.id())),
                        now(),
                        Long.toString(config.ttl().toMillis()),
                        user.name(),
                        naming.name(),
                        Long.toString(madeAt.toEpochMilli()))
                .map(name -> name == null
                        ? Optional.empty()
                        : Optional.of(new UserRef(user.id(), known(name).orElse(user.name()))));
    }

    /** Completes with the user; fails with {@code user_not_found}. */
    public Uni<User> get(UserId id) {
        return commands.read(Request.cmd(Command.HGETALL).arg(UserKeys.details(id)))
                .map(found -> user(id, found));
    }

    /**
     * Changes what is given, and leaves what is null; metadata is an object, which takes the place of the one before. Completes with
     * the user; fails with {@code user_not_found}, {@code invalid_field} or {@code payload_too_large}.
     */
    public Uni<User> update(UserId id, String name, JsonNode metadata) {
        List<String> arguments =
                new ArrayList<>(List.of(Long.toString(config.ttl().toMillis())));
        if (name != null) {
            arguments.addAll(List.of("name", UserNames.require(name)));
        }
        if (metadata != null) {
            arguments.addAll(List.of("metadata", checked(metadata)));
        }
        return scripts.run(update, List.of(UserKeys.details(id)), arguments.toArray(String[]::new))
                .map(found -> user(id, found));
    }

    /** Forgets the user, whose credentials of before now are not good any more. Completes whether there was one or not. */
    public Uni<Void> end(UserId id) {
        return scripts.run(
                        end,
                        List.of(UserKeys.details(id)),
                        Long.toString(Instant.now().toEpochMilli()),
                        Long.toString(config.ttl().toMillis()))
                .replaceWithVoid();
    }

    private String checked(JsonNode metadata) {
        if (!metadata.isObject()) {
            throw new TandemException(ErrorCode.INVALID_FIELD, "'metadata' must be one JSON object.", "metadata");
        }
        String json = metadata.toString();
        long most = config.maxMetadata().asLongValue();
        if (json.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new TandemException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "'metadata' must have at most " + most + " bytes of JSON.",
                    "metadata");
        }
        return json;
    }

    private User user(UserId id, Response found) {
        Map<String, String> fields = fields(found);
        if (!fields.containsKey("createdAt")) {
            throw new TandemException(ErrorCode.USER_NOT_FOUND, "There is no user '" + id + "'.", "user");
        }
        return new User(
                id,
                fields.getOrDefault("name", id.value()),
                fields.get("createdAt"),
                fields.get("lastSeen"),
                read(fields.get("metadata")));
    }

    private JsonNode read(String metadata) {
        try {
            return metadata == null ? null : mapper.readTree(metadata);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    /** A map from Redis itself, a list from a script. */
    private static Map<String, String> fields(Response found) {
        Map<String, String> fields = new HashMap<>();
        if (found == null) {
            return fields;
        }
        if (found.isMap()) {
            found.getKeys().forEach(key -> fields.put(key, found.get(key).toString()));
            return fields;
        }
        for (int i = 0; i + 1 < found.size(); i += 2) {
            fields.put(found.get(i).toString(), found.get(i + 1).toString());
        }
        return fields;
    }

    private static Optional<String> known(Response name) {
        return Optional.of(name.toString()).filter(text -> !text.isEmpty());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
