package dev.tandem.room;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of rooms, and who may manage them. */
@ConfigMapping(prefix = "tandem.rooms")
public interface RoomConfig {
    /** Whether anybody may manage rooms that are nobody's; else only operators may. */
    @WithDefault("true")
    boolean unownedOpen();

    /** Messages kept in a room; its own settings may keep fewer. */
    @WithDefault("1000")
    int history();

    /** Age past which messages are not kept, in any room; a room's own settings may say less. 0: they are kept. */
    @WithDefault("0")
    Duration historyAge();

    /** Roles of one room; bans of one room, and mutes; invitations of one room that are not used up. */
    @WithDefault("1000")
    int maxRoles();

    @WithDefault("10000")
    int maxRestrictions();

    @WithDefault("1000")
    int maxInvitations();

    /** Rounds of PBKDF2 with HMAC-SHA-512 over a password. Passwords that were set before keep theirs. */
    @WithDefault("210000")
    int passwordRounds();

    /** Passwords that are hashed or checked at once, and how many more may wait; past that they are refused. */
    @WithDefault("2")
    int passwordThreads();

    @WithDefault("64")
    int maxPendingPasswords();
}
