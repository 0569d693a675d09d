package dev.tandem.event;

import dev.tandem.id.RoomId;
import java.util.List;

/**
 * What Redis holds about one room. All keys share the hash tag {@code {id}}, so that a Redis Cluster keeps them on one node and
 * a script may touch them together.
 *
 * <table>
 *   <caption>Keys of a room</caption>
 *   <tr><td>{@code room:{id}:details}</td><td>hash: id, name, private, createdAt, epoch, seq, emptyTtl, emptySince</td></tr>
 *   <tr><td>{@code room:{id}:messages}</td><td>sorted set: message JSON by number; the history</td></tr>
 *   <tr><td>{@code room:{id}:ids}</td><td>sorted set: message ids by number; finds repeats as far back as the history</td></tr>
 *   <tr><td>{@code room:{id}:presence}</td><td>hash: {@code <lease>/<connection>} to {@code {"user":…,"since":…}}</td></tr>
 *   <tr><td>{@code room:{id}:users}</td><td>hash: user id to the number of their connections</td></tr>
 *   <tr><td>{@code room:{id}}</td><td>channel of the room's events</td></tr>
 * </table>
 */
public final class RoomKeys {
    /** Sorted set of the ids of all public rooms, in the order of their names. */
    public static final String ROOMS = "rooms";

    /** Sorted set of the rooms that go when they are empty, by the time (ms) at which to look at them. */
    public static final String EXPIRING = "rooms:expiring";

    private RoomKeys() {}

    public static String channel(RoomId room) {
        return "room:{" + room + "}";
    }

    public static String details(RoomId room) {
        return channel(room) + ":details";
    }

    public static String messages(RoomId room) {
        return channel(room) + ":messages";
    }

    public static String ids(RoomId room) {
        return channel(room) + ":ids";
    }

    public static String presence(RoomId room) {
        return channel(room) + ":presence";
    }

    public static String users(RoomId room) {
        return channel(room) + ":users";
    }

    /** Every key of the room, in the order in which scripts that remove it expect them. */
    public static List<String> all(RoomId room) {
        return List.of(details(room), messages(room), ids(room), presence(room), users(room));
    }
}
