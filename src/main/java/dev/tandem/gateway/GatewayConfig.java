package dev.tandem.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of connections. */
@ConfigMapping(prefix = "tandem.gateway")
public interface GatewayConfig {
    /** Commands of one connection that may wait their turn; then it is not read until half of them have begun. */
    @WithDefault("256")
    int maxPendingCommands();

    /** Commands of all connections on one event loop that may be under way at once; one more waits for its turn. */
    @WithDefault("1024")
    int maxCommandsUnderWay();

    /** Rooms that one connection may be in at once. */
    @WithDefault("100")
    int maxRooms();
}
