package dev.tandem.session;

import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.util.Optional;
import java.util.Set;

/**
 * An API key without its secret, of which only the hash is known.
 *
 * @param boundTo the user as whom it acts unless told otherwise; null if it is a user of its own
 * @param createdAt null for one that the settings name
 */
public record ApiKey(String id, String name, Set<Scope> scopes, UserId boundTo, String createdAt, String hash) {
    static final String USER_PREFIX = "key-";

    /** As whom it acts unless told otherwise. */
    UserRef user() {
        UserId id = boundTo == null ? new UserId(USER_PREFIX + this.id) : boundTo;
        return new UserRef(id, name);
    }

    Optional<UserId> actsFor() {
        return Optional.ofNullable(boundTo);
    }

    @Override
    public String toString() {
        return "API key " + id;
    }
}
