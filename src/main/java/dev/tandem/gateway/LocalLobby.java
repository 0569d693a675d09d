package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.Lobby;
import dev.tandem.event.LobbyHearing;
import dev.tandem.event.LobbyListener;
import dev.tandem.id.RoomId;
import dev.tandem.outbound.Audience;
import dev.tandem.redis.RedisLoop;
import dev.tandem.room.Room;
import dev.tandem.room.Rooms;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those of this node who watch the public rooms. While there are any, the node listens to the lobby, looks at what is worth it, once for
 * all of them, and tells them what the list shows by then. From any thread; everything happens on the pair's event loop.
 */
@Singleton
class LocalLobby implements LobbyListener {
    private final Lobby lobby;
    private final Rooms rooms;
    private final ObjectMapper mapper;
    private final RedisLoop loop;
    private final AtomicInteger size = new AtomicInteger();
    private final Map<Client, Watcher> watchers = new HashMap<>();
    private final Set<Watcher> beginning = new HashSet<>();
    private final Map<Door, Audience<Watcher>> audiences = new IdentityHashMap<>(4);
    /** Null while nobody watches. */
    private LobbyHearing hearing;

    LocalLobby(Lobby lobby, Rooms rooms, ObjectMapper mapper, RedisLoop loop, MeterRegistry registry) {
        this.lobby = lobby;
        this.rooms = rooms;
        this.mapper = mapper;
        this.loop = loop;
        Gauge.builder("tandem.lobby.watchers", size::get)
                .description("Connections that watch the public rooms")
                .register(registry);
    }

    /**
     * The client watches from now on; if it did before, anew. Completes when whatever the list shows from then on is told to it, once it
     * {@linkplain #begin begins}. Fails with {@code redis_unavailable}, and then it does not watch.
     */
    Uni<Watcher> enter(Client client) {
        return Uni.createFrom()
                .<Watcher>emitter(emitter -> loop.execute(() -> emitter.complete(add(client))))
                .chain(watcher ->
                        watcher.heard().onFailure().invoke(() -> leave(watcher)).replaceWith(watcher));
    }

    /**
     * A client that watched before it lost its connection watches again, and is told to have the list anew. Fails with {@code
     * redis_unavailable}, and then it does not watch.
     */
    Uni<Void> reenter(Client client) {
        return enter(client).invoke(this::beginAnew).replaceWithVoid();
    }

    private void beginAnew(Watcher watcher) {
        loop.execute(() -> {
            watcher.hold(ServerFrame.relist());
            begin(watcher);
        });
    }

    /** On the loop. */
    boolean isWatchedBy(Client client) {
        return watchers.containsKey(client);
    }

    /** The client has got the list; on the loop. */
    void begin(Watcher watcher) {
        if (beginning.remove(watcher)) {
            watcher.begin();
            audiences
                    .computeIfAbsent(watcher.client().door(), door -> new Audience<>())
                    .add(watcher);
        }
    }

    /** The client does not watch any more in that way; it may in another. */
    void leave(Watcher watcher) {
        loop.execute(() -> {
            if (watchers.remove(watcher.client(), watcher)) {
                drop(watcher);
            }
        });
    }

    /** The client does not watch any more. Harmless if it did not. */
    void leave(Client client) {
        loop.execute(() -> Optional.ofNullable(watchers.remove(client)).ifPresent(this::drop));
    }

    @Override
    public Uni<Void> onRooms(Map<RoomId, Change> changed) {
        return rooms.listed(changed.keySet())
                .invoke(listed -> loop.execute(() -> changed.forEach((id, change) -> tell(id, change, listed.get(id)))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> onCounts(Set<RoomId> counted) {
        return rooms.members(counted)
                .invoke(members -> loop.execute(() -> {
                    if (!members.isEmpty()) {
                        tell(ServerFrame.counts(members));
                    }
                }))
                .replaceWithVoid();
    }

    @Override
    public void onMissed() {
        tell(ServerFrame.relist());
    }

    private Watcher add(Client client) {
        if (hearing == null) {
            hearing = lobby.listen(this);
        }
        Watcher watcher = new Watcher(client, hearing.opened());
        Watcher before = watchers.put(client, watcher);
        beginning.add(watcher);
        if (before != null) {
            drop(before);
        }
        size.set(watchers.size());
        return watcher;
    }

    private void drop(Watcher watcher) {
        if (!beginning.remove(watcher)) {
            audiences.get(watcher.client().door()).remove(watcher);
        }
        size.set(watchers.size());
        if (watchers.isEmpty()) {
            hearing.close();
            hearing = null;
        }
    }

    /** Of a room that was never in the list, and is not now, nothing is said. */
    private void tell(RoomId id, Change change, Room room) {
        if (room == null && change.wasListed()) {
            tell(ServerFrame.unlisted(id));
        } else if (room != null) {
            tell(
                    change.appeared()
                            ? ServerFrame.listed(id, mapper.valueToTree(room))
                            : ServerFrame.changed(id, mapper.valueToTree(room)));
        }
    }

    private void tell(ServerFrame.Event event) {
        audiences.forEach((door, audience) -> {
            if (audience.size() > 0) {
                audience.send(door.encode(event));
            }
        });
        beginning.forEach(watcher -> watcher.hold(event));
    }
}
