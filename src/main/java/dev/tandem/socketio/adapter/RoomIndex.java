package dev.tandem.socketio.adapter;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sockets are in which rooms, by either. From any thread: changes of one socket exclude each other, and are seen as they
 * come by whoever walks through a room meanwhile, whom they do not hold up. A room is there while somebody is in it.
 */
final class RoomIndex {
    private final Map<String, Set<String>> roomsOf = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> socketsIn = new ConcurrentHashMap<>();
    private final LocalNamespace namespace;
    private final int maxRooms;

    RoomIndex(LocalNamespace namespace, int maxRooms) {
        this.namespace = namespace;
        this.maxRooms = maxRooms;
    }

    /** Fails with {@link TooManyRooms}. Asked under the socket's lock, so that nobody enters after {@link #removeAll}. */
    void add(String sid, Set<String> rooms) {
        roomsOf.compute(sid, (id, joined) -> namespace.knows(id) ? joinedBy(id, joined, rooms) : joined);
    }

    void remove(String sid, String room) {
        roomsOf.computeIfPresent(sid, (id, joined) -> {
            if (joined.remove(room)) {
                leave(id, room);
            }
            return joined;
        });
    }

    void removeAll(String sid) {
        roomsOf.computeIfPresent(sid, (id, joined) -> {
            joined.forEach(room -> leave(id, room));
            return null;
        });
    }

    /** A view that follows what happens. */
    Set<String> sockets() {
        return roomsOf.keySet();
    }

    /** A view that follows what happens. */
    Set<String> rooms() {
        return socketsIn.keySet();
    }

    /** A view that follows what happens, as long as the room is there. */
    Set<String> in(String room) {
        return socketsIn.getOrDefault(room, Set.of());
    }

    /** A view that follows what happens. */
    Set<String> of(String sid) {
        return roomsOf.getOrDefault(sid, Set.of());
    }

    private Set<String> joinedBy(String sid, Set<String> before, Set<String> rooms) {
        Set<String> joined = before == null ? ConcurrentHashMap.newKeySet() : before;
        Set<String> added = new HashSet<>(rooms);
        added.removeAll(joined);
        if (joined.size() + added.size() > maxRooms) {
            throw new TooManyRooms(maxRooms);
        }
        joined.addAll(added);
        added.forEach(room -> enter(sid, room));
        return joined;
    }

    private void enter(String sid, String room) {
        socketsIn.compute(room, (name, before) -> {
            Set<String> sockets = before == null ? ConcurrentHashMap.newKeySet() : before;
            sockets.add(sid);
            return sockets;
        });
    }

    private void leave(String sid, String room) {
        socketsIn.computeIfPresent(room, (name, sockets) -> {
            sockets.remove(sid);
            return sockets.isEmpty() ? null : sockets;
        });
    }
}
