package dev.tandem.room;

/** What somebody may be in a room at some moment, from the least to the most. */
enum Standing {
    NONE,
    MEMBER,
    MODERATOR,
    /** Anybody, in a room that is nobody's. */
    ANYBODY,
    OWNER,
    /** Of the whole deployment. */
    OPERATOR;

    static Standing of(RoomRole role) {
        return role == RoomRole.NONE ? NONE : valueOf(role.name());
    }

    boolean isAbove(Standing other) {
        return compareTo(other) > 0;
    }
}
