package dev.tandem.socketio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Time limits and bounds of Socket.IO. */
@ConfigMapping(prefix = "tandem.socketio")
public interface SocketIoConfig {
    /** How long a session may stay without a namespace, and a namespace's middleware may take. */
    @WithDefault("45s")
    Duration connectTimeout();

    /** How long the middleware of a socket's events may take for one; then the event is refused. */
    @WithDefault("10s")
    Duration eventTimeout();

    /** How long a client that lost its connection may take to come back as who it was; 0 if it may not. */
    @WithDefault("2m")
    Duration recoveryWindow();

    /** Namespaces that one session may be in at once; one more is refused. */
    @WithDefault("100")
    int maxNamespaces();

    /** Binary attachments of one packet; with more, it is malformed. */
    @WithDefault("100")
    int maxAttachments();

    /** Bytes of all attachments of one packet; with more, it is malformed. */
    @WithDefault("10000000")
    long maxAttachmentBytes();

    /** Acks that one socket may owe; an event that asks for one more is not sent to it. */
    @WithDefault("1000")
    int maxPendingAcks();

    /** Events of one socket that may wait for its middleware before its client has to; its middlewares may be so many too. */
    @WithDefault("1000")
    int maxPendingEvents();

    /** Handlers that one socket, or one namespace, may have. */
    @WithDefault("1000")
    int maxHandlers();
}
