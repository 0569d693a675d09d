package dev.tandem.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The Socket.IO cluster that this node is a member of. */
@ConfigMapping(prefix = "tandem.cluster")
public interface ClusterConfig {
    /** Off: each node is on its own, for Socket.IO; the rooms are not. */
    @WithDefault("true")
    boolean enabled();

    /** What the names of all channels begin with; the {@code key} of the peers of Node.js. */
    @WithDefault("socket.io")
    String prefix();

    /** What happens in Tandem's rooms is told to clients of Node.js servers too, in the Socket.IO room named like the room. */
    @WithDefault("false")
    boolean mirrorRoomEvents();

    /** How long the answers of other servers are waited for. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** Requests of this node that may wait for answers; one more is refused. */
    @WithDefault("10000")
    int maxPending();

    /** Answers only to the server that asked; all peers must know how to listen there. */
    @WithDefault("false")
    boolean publishOnSpecificResponseChannel();
}
