package dev.tandem.socketio;

import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LocalAdapter;
import dev.tandem.socketio.adapter.LocalNamespace;
import dev.tandem.socketio.adapter.RestoredSession;
import dev.tandem.socketio.adapter.SocketSession;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Adapters that find every session again, with everything that was ever broadcast to a room named {@code red} as missed. */
@Alternative
@Singleton
class RecoveringAdapters implements AdapterFactory {
    private final AdapterConfig config;
    private final Map<String, SocketSession> sessions = new ConcurrentHashMap<>();
    private final List<SocketIoPacket.Event> seen = new CopyOnWriteArrayList<>();

    RecoveringAdapters(AdapterConfig config) {
        this.config = config;
    }

    Map<String, SocketSession> sessions() {
        return sessions;
    }

    List<SocketIoPacket.Event> seen() {
        return seen;
    }

    @Override
    public Adapter create(LocalNamespace namespace) {
        Adapter local = new LocalAdapter(namespace, config);
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(),
                new Class<?>[] {Adapter.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "recoversSessions" -> true;
                    case "persistSession" -> keep((SocketSession) arguments[0]);
                    case "restoreSession" -> find((String) arguments[0]);
                    case "broadcast" -> {
                        remember((SocketIoPacket.Event) arguments[0], (BroadcastOptions) arguments[1]);
                        yield method.invoke(local, arguments);
                    }
                    default -> method.invoke(local, arguments);
                });
    }

    private Uni<Void> keep(SocketSession session) {
        sessions.put(session.pid(), session);
        return Uni.createFrom().voidItem();
    }

    private Uni<Optional<RestoredSession>> find(String pid) {
        return Uni.createFrom()
                .item(Optional.ofNullable(sessions.get(pid)).map(session -> new RestoredSession(session, seen)));
    }

    private void remember(SocketIoPacket.Event packet, BroadcastOptions options) {
        if (options.rooms().contains("red")) {
            seen.add(packet);
        }
    }
}
