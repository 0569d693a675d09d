package dev.tandem.gateway.websocket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The bounds of the plain WebSocket door. */
@ConfigMapping(prefix = "tandem.websocket")
public interface PlainWebSocketConfig {
    /** Characters of one message; a longer one closes the connection with 1009. */
    @WithDefault("1000000")
    int maxPayload();
}
