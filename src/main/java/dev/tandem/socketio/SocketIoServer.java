package dev.tandem.socketio;

import dev.tandem.engineio.EngineIoListener;
import dev.tandem.engineio.EngineIoSession;
import io.quarkus.arc.All;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gives every Engine.IO session a {@link SocketIoClient}, which speaks Socket.IO with it. */
@Singleton
class SocketIoServer implements EngineIoListener {
    private final Map<String, Namespace> namespaces;
    private final Vertx vertx;
    private final SocketIoConfig config;

    SocketIoServer(@All List<Namespace> namespaces, Vertx vertx, SocketIoConfig config) {
        this.namespaces =
                namespaces.stream().collect(Collectors.toUnmodifiableMap(Namespace::name, Function.identity()));
        this.vertx = vertx;
        this.config = config;
    }

    @Override
    public SessionListener onOpen(EngineIoSession session) {
        return new SocketIoClient(session, namespaces, vertx, config.connectTimeout());
    }
}
