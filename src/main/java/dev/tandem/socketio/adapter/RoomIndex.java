package dev.tandem.socketio.adapter;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sockets are in which rooms, by either. From any thread: changes of one socket exclude each other, and are seen as they
 * come by whoever walks through a room meanwhile, whom they do not hold up. A room is there while somebody is in it.
 *
 * <p>Every socket has a room of its own, named like its id, in which there is seldom anybody else: that it is there itself, it says itself.
 */
final class RoomIndex {
    /** A set of so many is copied when it changes; a larger one changes in place. */
    private static final int MOST_IN_SMALL = 4;

    private final Map<String, Set<String>> roomsOf = new ConcurrentHashMap<>();
    /** But for sockets in rooms named like their ids. */
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
            if (!joined.contains(room)) {
                return joined;
            }
            leave(id, room);
            return without(joined, room);
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

    Set<String> rooms() {
        Set<String> rooms = new HashSet<>(socketsIn.keySet());
        roomsOf.forEach((sid, joined) -> {
            if (joined.contains(sid)) {
                rooms.add(sid);
            }
        });
        return rooms;
    }

    /** Of a room that is not named like a socket, a view that follows what happens, as long as the room is there. */
    Set<String> in(String room) {
        Set<String> others = socketsIn.getOrDefault(room, Set.of());
        if (!of(room).contains(room)) {
            return others;
        }
        Set<String> all = new HashSet<>(others);
        all.add(room);
        return all;
    }

    /** A view that follows what happens. */
    Set<String> of(String sid) {
        return roomsOf.getOrDefault(sid, Set.of());
    }

    private Set<String> joinedBy(String sid, Set<String> before, Set<String> rooms) {
        Set<String> former = before == null ? Set.of() : before;
        Set<String> joined = former.isEmpty() ? Set.copyOf(rooms) : both(former, rooms);
        if (joined.size() > maxRooms) {
            throw new TooManyRooms(maxRooms);
        }
        for (String room : joined) {
            if (!former.contains(room)) {
                enter(sid, room);
            }
        }
        return joined;
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    private void enter(String sid, String room) {
        if (!room.equals(sid)) {
            socketsIn.compute(room, (name, before) -> before == null ? Set.of(sid) : with(before, sid));
        }
    }

    private void leave(String sid, String room) {
        socketsIn.computeIfPresent(room, (name, sockets) -> {
            Set<String> left = without(sockets, sid);
            return left.isEmpty() ? null : left;
        });
    }

    /** Most rooms are small, and cost little so. */
    private static Set<String> with(Set<String> sockets, String sid) {
        if (sockets instanceof ConcurrentHashMap.KeySetView<?, ?>) {
            sockets.add(sid);
            return sockets;
        } else if (sockets.size() == MOST_IN_SMALL) {
            Set<String> large = ConcurrentHashMap.newKeySet();
            large.addAll(sockets);
            large.add(sid);
            return large;
        }
        Set<String> more = new HashSet<>(sockets);
        more.add(sid);
        return Set.copyOf(more);
    }

    private static Set<String> without(Set<String> all, String one) {
        if (all instanceof ConcurrentHashMap.KeySetView<?, ?>) {
            all.remove(one);
            return all;
        }
        Set<String> fewer = new HashSet<>(all);
        fewer.remove(one);
        return Set.copyOf(fewer);
    }
}
