package dev.tandem.room;

import dev.tandem.event.LobbyKeys;
import dev.tandem.event.LobbyNote;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Where rooms are found that are not asked for by their ids: listed, due to be looked at, somebody's. In a cluster these keys are on
 * other servers than the rooms, so that they follow in a step of their own. Every method is one round trip.
 */
@Singleton
class RoomIndex {
    private final Commands commands;
    private final Scripts scripts;
    private final Script list = Script.load("list-room", Effect.REPEATABLE);

    RoomIndex(Commands commands, Scripts scripts) {
        this.commands = commands;
        this.scripts = scripts;
    }

    /** The ids of public rooms after {@code cursor}, from the first if that is null. */
    Uni<List<RoomId>> listed(String cursor, int limit) {
        return commands.read(Request.cmd(Command.ZRANGE)
                        .arg(RoomKeys.ROOMS)
                        .arg(after(cursor))
                        .arg("+")
                        .arg("BYLEX")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(limit))
                .map(RoomIndex::ids);
    }

    /** Where to begin after {@code cursor}, or at the first if that is null, as ZRANGE wants it. */
    static String after(String cursor) {
        return cursor == null ? "-" : "(" + cursor;
    }

    /** Those at which it is time to look. */
    Uni<List<RoomId>> due(String key, int limit) {
        return commands.read(Request.cmd(Command.ZRANGE)
                        .arg(key)
                        .arg("-inf")
                        .arg(System.currentTimeMillis())
                        .arg("BYSCORE")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(limit))
                .map(RoomIndex::ids);
    }

    /** Lists a public room, and a private one not; the lobby is told of one that was not listed, or is new. */
    Uni<Void> list(RoomId id, boolean isPublic, boolean isNew) {
        return isPublic
                ? scripts.run(
                                list,
                                List.of(RoomKeys.ROOMS),
                                id.value(),
                                isNew ? "1" : "",
                                LobbyKeys.CHANNEL,
                                LobbyNote.Kind.LISTED.of(id))
                        .replaceWithVoid()
                : remove(RoomKeys.ROOMS, id);
    }

    /** Looks at the room when it is time. */
    Uni<Void> lookAt(String key, RoomId id, long when) {
        return add(key, when, id);
    }

    Uni<Void> forget(String key, RoomId id) {
        return remove(key, id);
    }

    /** The room is gone. */
    Uni<Void> forget(RoomId id) {
        return Uni.combine()
                .all()
                .unis(remove(RoomKeys.ROOMS, id), remove(RoomKeys.EXPIRING, id), remove(RoomKeys.AGING, id))
                .discardItems();
    }

    /** The room is that user's now, or not any more; nothing happens if {@code owner} is empty. */
    Uni<Void> owned(String owner, RoomId id, boolean isNow) {
        if (owner.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Request request = Request.cmd(isNow ? Command.SADD : Command.SREM)
                .arg(RoomKeys.owned(new UserId(owner)))
                .arg(id.value());
        return commands.send(Effect.REPEATABLE, request).replaceWithVoid();
    }

    /** The rooms that are, or were, that user's. */
    Uni<List<RoomId>> ownedBy(UserId owner) {
        return commands.read(Request.cmd(Command.SMEMBERS).arg(RoomKeys.owned(owner)))
                .map(RoomIndex::ids);
    }

    private Uni<Void> add(String key, long score, RoomId id) {
        Request request = Request.cmd(Command.ZADD).arg(key).arg(score).arg(id.value());
        return commands.send(Effect.REPEATABLE, request).replaceWithVoid();
    }

    private Uni<Void> remove(String key, RoomId id) {
        Request request = Request.cmd(Command.ZREM).arg(key).arg(id.value());
        return commands.send(Effect.REPEATABLE, request).replaceWithVoid();
    }

    private static List<RoomId> ids(Response reply) {
        List<RoomId> ids = new ArrayList<>();
        reply.forEach(id -> ids.add(new RoomId(id.toString())));
        return ids;
    }
}
