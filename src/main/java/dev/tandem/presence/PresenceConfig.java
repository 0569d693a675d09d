package dev.tandem.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long people of a node that is gone stay present, and how members are told who comes and goes. */
@ConfigMapping(prefix = "tandem.presence")
public interface PresenceConfig {
    /** A killed node's people are gone after at most this and one tick of the reaper. Renewed at a third of it. */
    @WithDefault("15s")
    Duration lease();

    /** What happens within this time to who is in a room is told together; while many come and go, within up to two seconds. */
    @WithDefault("200ms")
    Duration gather();

    /** In a room with more users than this, members are told how many they are, not who comes and goes, and of no status. */
    @WithDefault("200")
    int largeRoom();

    /** How often in a second members of such a room are told that somebody begins, or stops, to type. */
    @WithDefault("10")
    int largeRoomTyping();
}
