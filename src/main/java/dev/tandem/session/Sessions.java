package dev.tandem.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.RandomText;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.user.Guests;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.GetExArgs;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Sessions in Redis, {@code s:<sid>}: JSON with {@code cookie} as express-session keeps it, and {@code user {id, name}}. From any
 * thread; every method fails with {@code redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class Sessions {
    private static final String KEY = "s:";

    private final ReactiveValueCommands<String, String> values;
    private final ObjectMapper mapper;
    private final Guests guests;
    private final SessionConfig config;
    private final SessionCookie cookie;

    Sessions(ReactiveRedisDataSource redis, ObjectMapper mapper, Guests guests, SessionConfig config) {
        this.values = redis.value(String.class);
        this.mapper = mapper;
        this.guests = guests;
        this.config = config;
        this.cookie = new SessionCookie(config.cookie(), config.secret());
    }

    /**
     * Who is calling, from the request's {@code Cookie} header (null if there is none). A caller without a valid session is a new
     * guest, and gets a session of their own, which Redis has when this completes.
     */
    public Uni<Session> resolve(String cookieHeader) {
        return cookie.verify(cookieHeader).map(this::find).orElseGet(this::createGuest);
    }

    /** Who is calling, from the request's {@code Cookie} header (null if there is none); empty if no valid session says so. */
    public Uni<Optional<UserRef>> known(String cookieHeader) {
        return cookie.verify(cookieHeader)
                .map(sid -> read(sid).map(this::user))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<String> read(String sid) {
        return values.getex(KEY + sid, new GetExArgs().ex(config.ttl()));
    }

    private Uni<Session> find(String sid) {
        return read(sid)
                .chain(json -> user(json)
                        .map(user -> Uni.createFrom().item(new Session(user, Optional.empty())))
                        .orElseGet(this::createGuest));
    }

    private Uni<Session> createGuest() {
        UserRef guest = guests.mint();
        String sid = RandomText.letters(32);
        return values.setex(KEY + sid, config.ttl().toSeconds(), json(guest))
                .replaceWith(new Session(guest, Optional.of(header(sid))));
    }

    private String header(String sid) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                        config.cookie(),
                        cookie.sign(sid),
                        config.ttl().toSeconds(),
                        config.secureCookie() ? "; Secure" : "");
    }

    private String json(UserRef user) {
        ObjectNode session = mapper.createObjectNode();
        session.putObject("cookie")
                .put("originalMaxAge", config.ttl().toMillis())
                .put("expires", Instant.now().plus(config.ttl()).toString())
                .put("httpOnly", true)
                .put("sameSite", "lax")
                .put("path", "/");
        session.putObject("user").put("id", user.id().value()).put("name", user.name());
        try {
            return mapper.writeValueAsString(session);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Empty if the session is gone, or holds no user, as one that another application made. */
    private Optional<UserRef> user(String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            JsonNode user = mapper.readTree(json).path("user");
            if (!user.path("id").isTextual()) {
                return Optional.empty();
            }
            return Optional.of(new UserRef(
                    new UserId(user.path("id").asText()), user.path("name").asText()));
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
