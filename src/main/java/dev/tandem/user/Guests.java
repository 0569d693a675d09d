package dev.tandem.user;

import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import jakarta.inject.Singleton;

/** Mints users for those who come without credentials. A client never chooses who it is. */
@Singleton
public class Guests {

    /** A user who did not exist before. */
    public UserRef mint() {
        UserId id = UserId.random();
        return new UserRef(id, "guest-" + id.value().substring(0, 4));
    }

    /** The same, with a name that {@link UserNames} has checked. */
    public UserRef mint(String name) {
        return new UserRef(UserId.random(), name);
    }
}
