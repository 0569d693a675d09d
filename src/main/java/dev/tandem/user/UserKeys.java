package dev.tandem.user;

import dev.tandem.id.UserId;

/**
 * What Redis holds about one user: {@code user:<id>}, a hash of name, createdAt, lastSeen, metadata (JSON), and endedAt (ms) once the
 * user was deleted. It goes when the user was not seen for long.
 */
final class UserKeys {
    private UserKeys() {}

    static String details(UserId id) {
        return "user:" + id;
    }
}
