package dev.tandem.room;

import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Roles, bans, mutes and invitations in Redis. Every method is one round trip; scripts answer as they say. */
@Singleton
class ModerationRepository {
    private static final String ORDER = "room-order";

    private final Commands commands;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final RoomConfig config;
    private final Script giveRole = Script.load("give-role", Effect.ONCE);
    private final Script restrict = Script.load(ORDER, "restrict-user", Effect.REPEATABLE);
    private final Script kick = Script.load(ORDER, "kick-user", Effect.REPEATABLE);
    private final Script invite = Script.load(ORDER, "invite-to-room", Effect.REPEATABLE);

    ModerationRepository(Commands commands, Scripts scripts, WrittenEvents written, RoomConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.written = written;
        this.config = config;
    }

    Uni<Response> giveRole(RoomId room, Standings known, UserId user, RoomRole role, String by) {
        return giveRole(room, known.epoch(), known.rolesVersion(), user, role, by, false);
    }

    /** The user gives the room up, if it is theirs, whatever anybody may do there. */
    Uni<Response> release(RoomId room, UserId owner) {
        return giveRole(room, "", "", owner, RoomRole.NONE, "", true);
    }

    /** {@code key} is that of the bans, or of the mutes; {@code entry} is empty to lift the restriction. */
    Uni<Response> restrict(RoomId room, Standings known, String key, UserId user, String entry, String event) {
        List<String> keys =
                List.of(RoomKeys.details(room), key, RoomKeys.bans(room), RoomKeys.mutes(room), RoomKeys.kicks(room));
        return scripts.run(
                        restrict,
                        keys,
                        known.epoch(),
                        known.rolesVersion(),
                        RoomKeys.channel(room),
                        user.value(),
                        entry,
                        event,
                        Integer.toString(config.maxRestrictions()))
                .invoke(reply -> tellIfDone(room, event, reply));
    }

    Uni<Response> kick(RoomId room, Standings known, UserId user, String event) {
        return scripts.run(
                        kick,
                        List.of(RoomKeys.details(room), RoomKeys.users(room), RoomKeys.kicks(room)),
                        known.epoch(),
                        known.rolesVersion(),
                        RoomKeys.channel(room),
                        user.value(),
                        event)
                .invoke(reply -> tellIfDone(room, event, reply));
    }

    /** {@code hash} is empty to revoke all invitations. */
    Uni<Response> invite(RoomId room, Standings known, String hash, String entry) {
        return scripts.run(
                invite,
                List.of(RoomKeys.details(room), RoomKeys.invitations(room)),
                known.epoch(),
                known.rolesVersion(),
                hash,
                entry,
                Integer.toString(config.maxInvitations()));
    }

    /** What a hash of the room says of users, in the order of their ids. */
    Uni<Map<String, String>> all(String key) {
        return commands.read(Request.cmd(Command.HGETALL).arg(key)).map(ModerationRepository::sorted);
    }

    /** What a hash of the room says of that user; null if nothing. */
    Uni<String> of(String key, UserId user) {
        return commands.read(Request.cmd(Command.HGET).arg(key).arg(user.value()))
                .map(found -> found == null ? null : found.toString());
    }

    /** Users who were put out and did not come in again. */
    Uni<List<UserId>> kicked(RoomId room) {
        return commands.read(Request.cmd(Command.ZRANGE)
                        .arg(RoomKeys.kicks(room))
                        .arg(0)
                        .arg(-1))
                .map(users ->
                        users.stream().map(user -> new UserId(user.toString())).toList());
    }

    /** Whether that is one of them. */
    Uni<Boolean> isKicked(RoomId room, UserId user) {
        return commands.read(
                        Request.cmd(Command.ZSCORE).arg(RoomKeys.kicks(room)).arg(user.value()))
                .map(Objects::nonNull);
    }

    private Uni<Response> giveRole(
            RoomId room, String epoch, String version, UserId user, RoomRole role, String by, boolean onlyOwner) {
        return scripts.run(
                        giveRole,
                        List.of(RoomKeys.details(room), RoomKeys.roles(room), RoomKeys.presence(room)),
                        epoch,
                        version,
                        RoomKeys.channel(room),
                        room.value(),
                        user.value(),
                        role.wireName(),
                        Long.toString(System.currentTimeMillis()),
                        Integer.toString(config.maxRoles()),
                        by,
                        onlyOwner ? "1" : "0")
                .invoke(reply -> events(reply).forEach(event -> written.tellPublished(room, event)));
    }

    private static List<Buffer> events(Response reply) {
        List<Buffer> events = new ArrayList<>();
        boolean done = reply != null
                && reply.type() == ResponseType.MULTI
                && reply.get(0).type() != ResponseType.NUMBER;
        if (done) {
            for (int i = 2; i < reply.size(); i++) {
                events.add(reply.get(i).toBuffer());
            }
        }
        return events;
    }

    private void tellIfDone(RoomId room, String event, Response reply) {
        boolean done = reply != null && reply.type() == ResponseType.NUMBER && reply.toLong() > 0;
        if (done) {
            written.tellPublished(room, Buffer.buffer(event));
        }
    }

    private static Map<String, String> sorted(Response reply) {
        Map<String, String> all = new TreeMap<>();
        for (String field : reply.getKeys()) {
            all.put(field, reply.get(field).toString());
        }
        return all;
    }
}
