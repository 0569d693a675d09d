package dev.tandem.socketio;

import dev.tandem.engineio.EngineIoListener;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.socketio.codec.PacketLimits;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives every Engine.IO session a {@link SocketIoClient}, which speaks Socket.IO with it; and authors the namespaces. */
@Singleton
public class SocketIoServer implements EngineIoListener {
    private final Namespaces namespaces;
    private final HandlerRunner runner;
    private final Vertx vertx;
    private final SocketIoConfig config;
    private final PacketLimits limits;

    SocketIoServer(Namespaces namespaces, HandlerRunner runner, Vertx vertx, SocketIoConfig config) {
        this.namespaces = namespaces;
        this.runner = runner;
        this.vertx = vertx;
        this.config = config;
        this.limits = new PacketLimits(config.maxAttachments(), config.maxAttachmentBytes());
    }

    /** Makes the node start with its namespaces, or not at all. */
    void onStart(@Observes StartupEvent event) {}

    /**
     * The namespace of that name, to send something to its clients from anywhere. A namespace that matches a pattern stays from
     * then on. Fails with {@link IllegalArgumentException} if there is none. A {@link NamespaceHandler} is given its own by {@link
     * NamespaceHandler#onCreated}, and must not ask here.
     */
    public Namespace of(String name) {
        return namespaces
                .acquire(name)
                .orElseThrow(() -> new IllegalArgumentException("No bean describes the namespace '" + name + "'."));
    }

    Namespaces namespaces() {
        return namespaces;
    }

    HandlerRunner runner() {
        return runner;
    }

    Vertx vertx() {
        return vertx;
    }

    SocketIoConfig config() {
        return config;
    }

    PacketLimits limits() {
        return limits;
    }

    @Override
    public SessionListener onOpen(EngineIoSession session) {
        return new SocketIoClient(session, this);
    }
}
