package dev.tandem.event;

import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.redis.Keys;
import java.util.List;
import java.util.function.Function;

/**
 * What Redis holds about one room. All keys share the hash tag {@code {id}}, so that a Redis Cluster keeps them on one node and
 * a script may touch them together.
 *
 * <table>
 *   <caption>Keys of a room</caption>
 *   <tr><td>{@code room:{id}:details}</td><td>hash: id, name, private, createdAt, epoch, seq, emptyTtl, emptySince,
 *       the other settings, version, owner, rolesVersion, usersVersion (how often somebody came or went), changes (how many),
 *       {@code rules} if anything is asked of who comes in or posts, {@code reacted} if there ever was a reaction, and {@code kicks} if
 *       anybody was ever put out</td></tr>
 *   <tr><td>{@code room:{id}:messages}</td><td>sorted set: message JSON by number; the history</td></tr>
 *   <tr><td>{@code room:{id}:ids}</td><td>sorted set: message ids by number; finds repeats as far back as the history</td></tr>
 *   <tr><td>{@code room:{id}:presence}</td><td>hash: {@code <lease>/<connection>} to {@code {"user":…,"since":…}}</td></tr>
 *   <tr><td>{@code room:{id}:users}</td><td>hash: user id to the number of their connections</td></tr>
 *   <tr><td>{@code room:{id}:statuses}</td><td>hash: user id to what their connections that are not just online say, as
 *       the script {@code status-of-user} has it</td></tr>
 *   <tr><td>{@code room:{id}:roles}</td><td>hash: user id to {@code moderator:<ms>} or {@code member:<ms>}</td></tr>
 *   <tr><td>{@code room:{id}:bans}, {@code :mutes}</td><td>hash: user id to {@code {"until"?, "at", "by"?, "reason"?}}</td></tr>
 *   <tr><td>{@code room:{id}:kicks}</td><td>sorted set: who was put out, by the time (ms), until they come in again; the last 10,000</td></tr>
 *   <tr><td>{@code room:{id}:invitations}</td><td>hash: hash of the token to {@code {"uses"?, "until"?, "by"?}}</td></tr>
 *   <tr><td>{@code room:{id}:slow}</td><td>sorted set: user ids by the time (ms) of the last message; slow mode</td></tr>
 *   <tr><td>{@code room:{id}:times}</td><td>sorted set: numbers of messages by time (ms), where messages grow too old</td></tr>
 *   <tr><td>{@code room:{id}:changes}</td><td>sorted set: numbers of messages by the number of their last change</td></tr>
 *   <tr><td>{@code room:{id}:reactions}</td><td>sorted set: {@code <seq>:[[emoji, count], …]} by the message's number</td></tr>
 *   <tr><td>{@code room:{id}:reactors}</td><td>sorted set: {@code <seq>:<user>:<emoji>} by the message's number</td></tr>
 *   <tr><td>{@code room:{id}:typing}</td><td>how often a large room was told of typing, for a second</td></tr>
 *   <tr><td>{@code room:{id}}</td><td>channel of the room's events</td></tr>
 * </table>
 */
public final class RoomKeys {
    /** Sorted set of the ids of all public rooms, in the order of their names. */
    public static final String ROOMS = "rooms";

    /** Sorted set of the rooms that go when they are empty, by the time (ms) at which to look at them. */
    public static final String EXPIRING = "rooms:expiring";

    /** Sorted set of the rooms whose messages grow too old, by the time (ms) at which to look at them. */
    public static final String AGING = "rooms:aging";

    /** The key of the details of any room, with a star for its id; and that of its users. */
    public static final String DETAILS_OF_ANY = "room:{*}:details";

    public static final String USERS_OF_ANY = "room:{*}:users";

    private RoomKeys() {}

    /** Set of the ids of the rooms that the user owns, or owned. */
    public static String owned(UserId user) {
        return "user:{" + user + "}:rooms";
    }

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

    public static String statuses(RoomId room) {
        return channel(room) + ":statuses";
    }

    public static String roles(RoomId room) {
        return channel(room) + ":roles";
    }

    public static String bans(RoomId room) {
        return channel(room) + ":bans";
    }

    public static String mutes(RoomId room) {
        return channel(room) + ":mutes";
    }

    public static String typing(RoomId room) {
        return channel(room) + ":typing";
    }

    public static String kicks(RoomId room) {
        return channel(room) + ":kicks";
    }

    public static String invitations(RoomId room) {
        return channel(room) + ":invitations";
    }

    public static String slow(RoomId room) {
        return channel(room) + ":slow";
    }

    public static String times(RoomId room) {
        return channel(room) + ":times";
    }

    public static String changes(RoomId room) {
        return channel(room) + ":changes";
    }

    public static String reactions(RoomId room) {
        return channel(room) + ":reactions";
    }

    public static String reactors(RoomId room) {
        return channel(room) + ":reactors";
    }

    /**
     * What {@code keys} says of any room, for a script that runs with every message: what they have in common, the name of the room's
     * channel, is made once for all of them. Fails with {@link IllegalArgumentException} if one begins otherwise.
     */
    public static Function<RoomId, Keys> encoded(Function<RoomId, List<String>> keys) {
        RoomId sample = new RoomId("sample");
        Keys ends = Keys.of(keys.apply(sample).stream()
                .map(key -> behind(channel(sample), key))
                .toList());
        return room -> ends.behind(channel(room));
    }

    private static String behind(String channel, String key) {
        if (!key.startsWith(channel)) {
            throw new IllegalArgumentException("Not a key of one room: " + key);
        }
        return key.substring(channel.length());
    }

    /** Every key of the room that does not go by itself within a second, in the order in which scripts that remove it expect them. */
    public static List<String> all(RoomId room) {
        return List.of(
                details(room),
                messages(room),
                ids(room),
                presence(room),
                users(room),
                roles(room),
                bans(room),
                mutes(room),
                invitations(room),
                slow(room),
                times(room),
                changes(room),
                reactions(room),
                reactors(room),
                statuses(room),
                kicks(room));
    }
}
