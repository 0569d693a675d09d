package dev.tandem.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How those are told what becomes of public rooms who watch them. */
@ConfigMapping(prefix = "tandem.lobby")
public interface LobbyConfig {
    /** Within this time the number of a room's members is told once at most. */
    @WithDefault("1s")
    Duration countsEvery();

    /** Rooms that are looked at, and told, together at most: so many at once, and of counts so many within the time above. */
    @WithDefault("500")
    int batch();
}
