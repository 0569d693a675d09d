package dev.tandem.gateway.socketio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the rooms are to be found. */
@ConfigMapping(prefix = "tandem.rooms")
public interface SocketIoDoorConfig {
    /** The Socket.IO namespace of the rooms. */
    @WithDefault("/")
    String namespace();
}
