package dev.tandem.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.time.Instant;

/**
 * By what somebody was let in, in a form that can be kept: {@link Callers#again} says whether it is still good. A session's sid without
 * the server's signature proves nothing to anybody else; a key is its id alone, a token the time until which it was good.
 *
 * @param session null if it was no session; so are the others
 */
public record Proof(UserRef user, String session, String key, Instant expires) {

    static Proof of(Caller caller) {
        String key = caller instanceof Caller.OfKey ofKey ? ofKey.key() : null;
        Instant expires = caller instanceof Caller.OfToken token ? token.expires() : null;
        return new Proof(caller.user(), caller.sessionId().orElse(null), key, expires);
    }

    /** Adds it to {@code json}. */
    public void write(ObjectNode json) {
        json.putObject("user").put("id", user.id().value()).put("name", user.name());
        if (session != null) {
            json.put("session", session);
        }
        if (key != null) {
            json.put("key", key);
        }
        if (expires != null) {
            json.put("expires", expires.toEpochMilli());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Proof read(JsonNode json) {
        JsonNode user = json.path("user");
        JsonNode expires = json.path("expires");
        return new Proof(
                new UserRef(
                        new UserId(user.path("id").asText()), user.path("name").asText()),
                json.path("session").textValue(),
                json.path("key").textValue(),
                expires.isNumber() ? Instant.ofEpochMilli(expires.asLong()) : null);
    }

    @Override
    public String toString() {
        return "proof of " + user.id();
    }
}
