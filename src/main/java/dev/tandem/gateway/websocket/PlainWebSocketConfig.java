package dev.tandem.gateway.websocket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The bounds of the plain WebSocket door. */
@ConfigMapping(prefix = "tandem.websocket")
public interface PlainWebSocketConfig {
    /** Characters of one message; a longer one closes the connection with 1009. */
    @WithDefault("1000000")
    int maxPayload();

    /** How long a client may be silent before it is pinged. */
    @WithDefault("25s")
    Duration pingInterval();

    /** How long it may then be silent before the connection is closed with 4408. */
    @WithDefault("20s")
    Duration pingTimeout();

    /** How long who shows nothing may take to show a token, where there are no guests. */
    @WithDefault("10s")
    Duration authTimeout();
}
