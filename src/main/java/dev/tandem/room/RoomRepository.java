package dev.tandem.room;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RandomText;
import dev.tandem.id.RoomId;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rooms in Redis. Every method is one round trip but where it says otherwise. */
@Singleton
class RoomRepository {
    private static final String[] FIELDS = {"name", "private", "emptyTtl", "createdAt", "seq", "epoch"};

    private final Commands commands;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final Script create = Script.load("create-room", Effect.REPEATABLE);
    private final Script delete = Script.load("delete-room", Effect.ONCE);
    private final Script expire = Script.load("expire-room", Effect.REPEATABLE);

    RoomRepository(Commands commands, Scripts scripts, WrittenEvents written) {
        this.commands = commands;
        this.scripts = scripts;
        this.written = written;
    }

    /** Creates the room, then lists it where it is to be found; empty if there is one of that id. Two or three round trips. */
    Uni<Optional<Room>> create(RoomDraft draft) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String epoch = RandomText.letters(10);
        return scripts.run(create, List.of(RoomKeys.details(draft.id())), details(draft, epoch, now))
                .call(outcome -> list(draft.id(), "0".equals(outcome.get(1).toString())))
                .call(outcome -> expireLater(draft, outcome))
                .map(outcome -> outcome.get(0).toLong() == 1 ? Optional.of(room(draft, epoch, now)) : Optional.empty());
    }

    Uni<Optional<Room>> find(RoomId id) {
        Uni<Response> details = commands.read(detailsRequest(id));
        Uni<Response> users = commands.read(Request.cmd(Command.HLEN).arg(RoomKeys.users(id)));
        return Uni.combine().all().unis(details, users).with((fields, members) -> room(id, fields, members));
    }

    /** The ids of public rooms after {@code cursor}, in the order of their names. */
    Uni<List<RoomId>> listed(String cursor, int limit) {
        return commands.read(Request.cmd(Command.ZRANGE)
                        .arg(RoomKeys.ROOMS)
                        .arg(cursor == null ? "-" : "(" + cursor)
                        .arg("+")
                        .arg("BYLEX")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(limit))
                .map(RoomRepository::ids);
    }

    /** Unlists the room, then removes it; false if there is no such room. Two round trips. */
    Uni<Boolean> delete(RoomId id) {
        return unlist(id)
                .chain(() -> scripts.run(delete, RoomKeys.all(id), RoomKeys.channel(id), deleted(id)))
                .map(gone -> gone.toLong() == 1)
                .invoke(gone -> tellIfDeleted(id, gone));
    }

    /** Rooms at which it is time to look whether they have been empty for long enough. */
    Uni<List<RoomId>> due(int limit) {
        return commands.read(Request.cmd(Command.ZRANGE)
                        .arg(RoomKeys.EXPIRING)
                        .arg("-inf")
                        .arg(System.currentTimeMillis())
                        .arg("BYSCORE")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(limit))
                .map(RoomRepository::ids);
    }

    /** Removes the room if it is time, else notes when to look again; true if it is gone. Two or three round trips. */
    Uni<Boolean> expire(RoomId id) {
        return scripts.run(expire, RoomKeys.all(id), RoomKeys.channel(id), deleted(id))
                .invoke(again -> tellIfDeleted(id, again.toLong() == 0))
                .chain(again -> again.toLong() <= 0
                        ? unlist(id).replaceWith(true)
                        : lookAgain(id, again.toLong()).replaceWith(false));
    }

    private Uni<Void> list(RoomId id, boolean isPublic) {
        return isPublic ? add(RoomKeys.ROOMS, 0, id) : Uni.createFrom().voidItem();
    }

    private Uni<Void> expireLater(RoomDraft draft, Response outcome) {
        boolean created = outcome.get(0).toLong() == 1;
        return created && draft.emptyTtl().isPresent()
                ? lookAgain(
                        draft.id(),
                        System.currentTimeMillis() + draft.emptyTtl().get().toMillis())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> lookAgain(RoomId id, long when) {
        return add(RoomKeys.EXPIRING, when, id);
    }

    private Uni<Void> add(String key, long score, RoomId id) {
        Request request = Request.cmd(Command.ZADD).arg(key).arg(score).arg(id.value());
        return commands.send(Effect.REPEATABLE, request).replaceWithVoid();
    }

    private Uni<Void> unlist(RoomId id) {
        return Uni.combine()
                .all()
                .unis(remove(RoomKeys.ROOMS, id), remove(RoomKeys.EXPIRING, id))
                .discardItems();
    }

    private Uni<Response> remove(String key, RoomId id) {
        return commands.send(
                Effect.REPEATABLE, Request.cmd(Command.ZREM).arg(key).arg(id.value()));
    }

    private static Request detailsRequest(RoomId id) {
        Request request = Request.cmd(Command.HMGET).arg(RoomKeys.details(id));
        for (String field : FIELDS) {
            request.arg(field);
        }
        return request;
    }

    private static String[] details(RoomDraft draft, String epoch, Instant now) {
        List<String> fields = new ArrayList<>(List.of(
                epoch,
                "id",
                draft.id().value(),
                "name",
                draft.name(),
                "private",
                draft.isPrivate() ? "1" : "0",
                "createdAt",
                now.toString(),
                "emptySince",
                Long.toString(now.toEpochMilli()),
                "seq",
                "0"));
        draft.emptyTtl().ifPresent(ttl -> fields.addAll(List.of("emptyTtl", Long.toString(ttl.toMillis()))));
        return fields.toArray(String[]::new);
    }

    private static Room room(RoomDraft draft, String epoch, Instant now) {
        Long emptyTtl = draft.emptyTtl().map(ttl -> ttl.toSeconds()).orElse(null);
        return new Room(draft.id(), draft.name(), draft.isPrivate(), emptyTtl, now, 0, epoch, 0);
    }

    private static Optional<Room> room(RoomId id, Response fields, Response members) {
        if (fields.get(5) == null) {
            return Optional.empty();
        }
        return Optional.of(new Room(
                id,
                fields.get(0).toString(),
                "1".equals(fields.get(1).toString()),
                fields.get(2) == null ? null : fields.get(2).toLong() / 1000,
                Instant.parse(fields.get(3).toString()),
                fields.get(4).toLong(),
                fields.get(5).toString(),
                members.toLong()));
    }

    private static List<RoomId> ids(Response reply) {
        List<RoomId> ids = new ArrayList<>();
        reply.forEach(id -> ids.add(new RoomId(id.toString())));
        return ids;
    }

    private void tellIfDeleted(RoomId id, boolean isDeleted) {
        if (isDeleted) {
            written.tell(id, new RoomEvent.Deleted(deleted(id)));
        }
    }

    private static String deleted(RoomId id) {
        return "{\"room\":\"" + id + "\"}";
    }
}
