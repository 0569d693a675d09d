package dev.tandem.gateway;

import dev.tandem.error.Unattended;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.user.Users;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections to this node each user has: with the last one, the user was last seen. From any thread. */
@Singleton
class Attendance {
    private final Users users;
    /** An entry for each user who has connections. */
    private final Map<UserId, Integer> connections = new ConcurrentHashMap<>();

    Attendance(Users users) {
        this.users = users;
    }

    void came(UserRef user) {
        connections.merge(user.id(), 1, Integer::sum);
    }

    /** One of the user's connections is gone. Of users whom nobody knows, as guests without a session, nothing is noted. */
    void went(UserRef user) {
        Integer left = connections.computeIfPresent(user.id(), (id, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            Unattended.run("note when a user was last seen", users.touch(user, Users.Naming.KNOWN_ONLY, Instant.EPOCH));
        }
    }
}
