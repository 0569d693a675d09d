package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What a user can be in a room for good, from the least to the most. */
@RegisterForReflection
public enum RoomRole {
    /** Nothing in particular. */
    NONE,
    /** Comes in past the lock and the password. */
    MEMBER,
    /** Keeps order. */
    MODERATOR,
    /** Decides everything; a room has one or none. */
    OWNER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Fails with {@code invalid_field} if there is no such role. */
    public static RoomRole of(String name) {
        for (RoomRole role : values()) {
            if (role.wireName.equals(name)) {
                return role;
            }
        }
        throw new TandemException(
                ErrorCode.INVALID_FIELD, "'role' must be 'owner', 'moderator', 'member' or 'none'.", "role");
    }
}
