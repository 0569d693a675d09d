package dev.tandem.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of one connection. */
@ConfigMapping(prefix = "tandem.gateway")
public interface GatewayConfig {
    /** Commands of one connection that may wait their turn; one more is refused with {@code overloaded}. */
    @WithDefault("256")
    int maxPendingCommands();

    /** Rooms that one connection may be in at once. */
    @WithDefault("100")
    int maxRooms();
}
