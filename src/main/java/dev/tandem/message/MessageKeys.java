package dev.tandem.message;

import dev.tandem.id.UserId;

/**
 * What Redis holds about what a user has read: {@code user:{id}:read}, a hash of room ids to {@code <ms>:<epoch>:<seq>}. It goes when
 * the user was not seen for long. All that was said in a room is among the keys of the room.
 */
final class MessageKeys {
    private MessageKeys() {}

    static String read(UserId user) {
        return "user:{" + user + "}:read";
    }
}
