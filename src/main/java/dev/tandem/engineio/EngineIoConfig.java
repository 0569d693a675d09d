package dev.tandem.engineio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Heartbeat, sizes and doors of Engine.IO. */
@ConfigMapping(prefix = "tandem.socketio")
public interface EngineIoConfig {
    /** How often the server pings. */
    @WithDefault("25s")
    Duration pingInterval();

    /** How long the client may take to answer. */
    @WithDefault("20s")
    Duration pingTimeout();

    /** How long the client may take to change from long-polling to a WebSocket. */
    @WithDefault("10s")
    Duration upgradeTimeout();

    /** Bytes of one message, and of one body of long-polling. */
    @WithDefault("1000000")
    int maxPayload();

    /** Packets in one body of long-polling. */
    @WithDefault("10000")
    int maxPackets();

    /** Sessions that one address may have at a time; 0 for any number. */
    @WithDefault("0")
    int maxConnectionsPerAddress();

    /** Handshakes that this node accepts in a second; 0 for any number. */
    @WithDefault("0")
    int maxHandshakesPerSecond();
}
