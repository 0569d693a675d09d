package dev.tandem.room;

import dev.tandem.id.UserRef;
import java.util.Optional;

/**
 * Who wants something of a room, and with what right: the one thing that doors say about a caller.
 *
 * @param user empty if the caller gave no credentials: such a one cannot come back, and so owns nothing
 * @param isOperator true for who may do everything everywhere
 */
public record Actor(Optional<UserRef> user, boolean isOperator) {
    /** A caller without credentials. */
    public static final Actor NOBODY = new Actor(Optional.empty(), false);

    /** The deployment itself. */
    public static final Actor OPERATOR = new Actor(Optional.empty(), true);

    /** A user without further rights. */
    public static Actor of(UserRef user) {
        return of(user, false);
    }

    /** A user, who may be one that may do everything everywhere. */
    public static Actor of(UserRef user, boolean isOperator) {
        return new Actor(Optional.of(user), isOperator);
    }
}
