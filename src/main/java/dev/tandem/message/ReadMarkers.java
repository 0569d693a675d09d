package dev.tandem.message;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomLog;
import dev.tandem.id.ConnectionId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Actor;
import dev.tandem.room.Rooms;
import dev.tandem.user.UserConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Up to where users have read rooms. Kept with the user, as a user of a cluster and a room may be on different servers. From any
 * thread; every method fails with {@code redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class ReadMarkers {
    private final Commands commands;
    private final Scripts scripts;
    private final RoomLog log;
    private final Rooms rooms;
    private final int most;
    private final String ttl;
    private final Script mark = Script.load("mark-read", Effect.REPEATABLE);

    /** Fails if the settings make no sense. */
    ReadMarkers(Commands commands, Scripts scripts, RoomLog log, Rooms rooms, MessageConfig config, UserConfig users) {
        this.commands = commands;
        this.scripts = scripts;
        this.log = log;
        this.rooms = rooms;
        this.most = requireSome(config.maxMarkers());
        this.ttl = Long.toString(users.ttl().toMillis());
    }

    /** One of a user's markers, as Redis has it. */
    private record Stored(RoomId room, String epoch, long seq) {
        static Stored of(String room, String value) {
            String[] parts = value.split(":");
            return new Stored(new RoomId(room), parts[1], Long.parseLong(parts[2]));
        }

        /** What was read in a past that is gone does not count. */
        Unread at(RoomHead head) {
            long read = epoch.equals(head.epoch()) ? Math.min(seq, head.seq()) : 0;
            return new Unread(room, read, head.seq(), head.seq() - read);
        }
    }

    /**
     * The user has read the room up to that number; only forwards. Completes with how far the user is, on whatever device, when Redis has
     * it. Fails with {@code invalid_field} for a number that the room has not reached, with {@code unauthenticated}, and as {@link
     * Rooms#requireReader} does. A repeat is harmless.
     *
     * @param by the connection that says so, which need not be told; the user's others are, on every node, if that moves the marker
     */
    public Uni<Marker> mark(Actor actor, RoomId room, long seq, Optional<ConnectionId> by) {
        UserRef user = actor.user().orElseThrow(() -> TandemException.unauthenticated("Say who you are."));
        return Uni.combine()
                .all()
                .unis(rooms.requireReader(actor, room), log.find(room))
                .with((may, head) -> head.orElseThrow(() -> Rooms.notFound(room)))
                .invoke(head -> requireReached(head, seq))
                .chain(head -> scripts.run(
                        mark,
                        List.of(MessageKeys.read(user.id())),
                        room.value(),
                        head.epoch(),
                        Long.toString(seq),
                        Integer.toString(most),
                        ttl,
                        Long.toString(System.currentTimeMillis()),
                        NoticeKeys.CHANNEL,
                        UserNotices.read(user.id(), by, json(new Unread(room, seq, head.seq(), head.seq() - seq)))))
                .map(reply ->
                        new Marker(room, reply.get(0).toLong(), reply.get(1).toLong() == 1));
    }

    /**
     * The rooms that the user has read something of and may still read, in the order of their ids. Two round trips, however many there
     * are, and one more if rooms have rules. Rooms that are gone are forgotten.
     */
    public Uni<List<Unread>> unread(UserRef user) {
        String key = MessageKeys.read(user.id());
        return commands.read(Request.cmd(Command.HGETALL).arg(key))
                .map(ReadMarkers::stored)
                .onItem()
                .transformToMulti(markers -> Multi.createFrom().iterable(markers))
                .onItem()
                .transformToUni(marker -> look(user, key, marker))
                .merge(most)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .map(ReadMarkers::sorted);
    }

    /** The user is gone for good, and what they have read with them. */
    public Uni<Void> forget(UserId user) {
        return commands.send(Effect.REPEATABLE, Request.cmd(Command.DEL).arg(MessageKeys.read(user)))
                .replaceWithVoid();
    }

    private static String json(Unread unread) {
        return "{\"room\":\"%s\",\"seq\":%d,\"unread\":%d}".formatted(unread.room(), unread.read(), unread.unread());
    }

    private static int requireSome(int most) {
        if (most < 1) {
            throw new IllegalStateException("tandem.rooms.max-markers must be at least 1");
        }
        return most;
    }

    private Uni<Optional<Unread>> look(UserRef user, String key, Stored marker) {
        return Uni.combine()
                .all()
                .unis(rooms.requireReader(Actor.of(user), marker.room()), log.find(marker.room()))
                .with((may, head) -> head.map(marker::at))
                .onFailure(ReadMarkers::isKeptOut)
                .recoverWithItem(Optional.empty())
                .onFailure(ReadMarkers::isGone)
                .recoverWithUni(() -> dropIfGone(key, marker.room()));
    }

    /** A room that is only hidden from the user now may be there for them again. */
    private Uni<Optional<Unread>> dropIfGone(String key, RoomId room) {
        return log.find(room)
                .chain(head -> head.isPresent() ? Uni.createFrom().item(Optional.<Unread>empty()) : drop(key, room));
    }

    private Uni<Optional<Unread>> drop(String key, RoomId room) {
        Request forget = Request.cmd(Command.HDEL).arg(key).arg(room.value());
        return commands.send(Effect.REPEATABLE, forget).replaceWith(Optional.empty());
    }

    private static void requireReached(RoomHead head, long seq) {
        if (seq < 1 || seq > head.seq()) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'seq' must be the number of a message of this room.", "seq");
        }
    }

    private static boolean isKeptOut(Throwable failure) {
        return is(failure, ErrorCode.BANNED) || is(failure, ErrorCode.NOT_A_MEMBER);
    }

    private static boolean isGone(Throwable failure) {
        return is(failure, ErrorCode.ROOM_NOT_FOUND);
    }

    private static boolean is(Throwable failure, ErrorCode code) {
        return failure instanceof TandemException refused && refused.code() == code;
    }

    private static List<Stored> stored(Response reply) {
        List<Stored> markers = new ArrayList<>();
        for (String room : reply.getKeys()) {
            markers.add(Stored.of(room, reply.get(room).toString()));
        }
        return markers;
    }

    private static List<Unread> sorted(List<Unread> found) {
        return found.stream()
                .sorted(Comparator.comparing(unread -> unread.room().value()))
                .toList();
    }
}
