package dev.tandem.room;

/** What can be done to a room, or to somebody in it, and the least standing that it takes. */
enum Deed {
    /** Change settings by which order is kept: topic, slow mode, lock. */
    TUNE(Standing.MODERATOR, false),
    /** Change any settings. */
    UPDATE(Standing.ANYBODY, false),
    DELETE(Standing.ANYBODY, false),
    INVITE(Standing.MODERATOR, false),
    /** See who is banned or muted. */
    SEE_RESTRICTIONS(Standing.MODERATOR, false),
    KICK(Standing.MODERATOR, true),
    /** Ban somebody, or lift that. */
    BAN(Standing.MODERATOR, true),
    /** Mute somebody, or lift that. */
    MUTE(Standing.MODERATOR, true);

    private final Standing least;
    private final boolean toSomebody;

    Deed(Standing least, boolean toSomebody) {
        this.least = least;
        this.toSomebody = toSomebody;
    }

    Standing least() {
        return least;
    }

    /** True if it is done to a user, who must stand below the one who does it. */
    boolean isToSomebody() {
        return toSomebody;
    }
}
