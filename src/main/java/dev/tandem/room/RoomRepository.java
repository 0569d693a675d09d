package dev.tandem.room;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.event.LobbyKeys;
import dev.tandem.event.LobbyNote;
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
import java.util.Map;
import java.util.Optional;

/** Rooms in Redis. Every method is one round trip but where it says otherwise. */
@Singleton
class RoomRepository {
    /** Settings by which something is asked of who comes in or posts. */
    private static final List<String> RULES =
            List.of("capacity", "locked", "password", "slowMode", "historyCount", "historyAge");

    private final Commands commands;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final RoomIndex index;
    private final ObjectMapper mapper;
    private final long historyAge;
    private final Script create = Script.load("create-room", Effect.REPEATABLE);
    private final Script update = Script.load("update-room", Effect.ONCE);
    private final Script delete = Script.load("delete-room", Effect.ONCE);
    private final Script expire = Script.load("expire-room", Effect.REPEATABLE);
    private final Script trim = Script.load("trim-history", Effect.REPEATABLE);

    RoomRepository(
            Commands commands,
            Scripts scripts,
            WrittenEvents written,
            RoomIndex index,
            ObjectMapper mapper,
            RoomConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.written = written;
        this.index = index;
        this.mapper = mapper;
        this.historyAge = config.historyAge().toMillis();
    }

    /**
     * Creates the room, then lists it where it is to be found; empty if there is one of that id. {@code owner} is empty for a room
     * that is nobody's. As many round trips as there are places.
     */
    Uni<Optional<Room>> create(RoomDraft draft, String owner) {
        String epoch = RandomText.letters(10);
        Map<String, String> settings = draft.settings().stored();
        return scripts.run(create, List.of(RoomKeys.details(draft.id())), details(draft, owner, epoch))
                .call(outcome -> index.list(
                        draft.id(),
                        "0".equals(outcome.get(1).toString()),
                        outcome.get(0).toLong() == 1))
                .chain(outcome -> outcome.get(0).toLong() == 1
                        ? index.owned(owner, draft.id(), true)
                                .chain(() -> lookLater(draft.id(), settings, true))
                                .chain(() -> find(draft.id()))
                        : Uni.createFrom().item(Optional.empty()));
    }

    Uni<Optional<Room>> find(RoomId id) {
        Uni<Response> details = commands.read(RoomFields.request(id));
        Uni<Response> users = commands.read(Request.cmd(Command.HLEN).arg(RoomKeys.users(id)));
        Uni<Response> roles = commands.read(Request.cmd(Command.HLEN).arg(RoomKeys.roles(id)));
        return Uni.combine()
                .all()
                .unis(details, users, roles)
                .with((found, members, given) -> RoomFields.room(id, found, members.toLong(), given.toLong(), mapper));
    }

    /** How many users are in the room; empty if it is gone, or private. */
    Uni<Optional<Long>> findMembers(RoomId id) {
        Uni<Response> isPrivate = commands.read(
                Request.cmd(Command.HGET).arg(RoomKeys.details(id)).arg("private"));
        Uni<Response> users = commands.read(Request.cmd(Command.HLEN).arg(RoomKeys.users(id)));
        return Uni.combine()
                .all()
                .unis(isPrivate, users)
                .with((found, members) -> found != null && "0".equals(found.toString())
                        ? Optional.of(members.toLong())
                        : Optional.empty());
    }

    /**
     * Changes settings and tells members. Answers as {@code update-room} says; then the room is listed where it is to be found, in
     * further round trips.
     */
    Uni<Response> update(RoomId id, Standings known, String version, SettingsChange change, String by) {
        List<String> arguments = new ArrayList<>(List.of(
                known.epoch(),
                known.rolesVersion(),
                version,
                RoomKeys.channel(id),
                RoomEvent.Told.Kind.UPDATED.head() + "{\"room\":\"" + id + "\",\"version\":",
                by + ",\"changes\":" + change.told() + "}",
                LobbyKeys.CHANNEL,
                LobbyNote.Kind.CHANGED.of(id),
                Integer.toString(change.stored().size())));
        change.stored().forEach((field, value) -> arguments.addAll(List.of(field, value)));
        arguments.addAll(change.cleared());
        List<String> keys = List.of(RoomKeys.details(id), RoomKeys.bans(id), RoomKeys.mutes(id), RoomKeys.times(id));
        return scripts.run(update, keys, arguments.toArray(String[]::new));
    }

    /** After an {@link #update} that was done: tells this node's listeners, and lists the room where it is to be found now. */
    Uni<Void> updated(RoomId id, SettingsChange change, Response reply) {
        written.tellPublished(id, reply.get(2).toBuffer());
        return index.list(id, "0".equals(reply.get(1).toString()), false)
                .chain(() -> lookLater(id, change.stored(), false));
    }

    /** Removes the room; answers as {@code delete-room} says. */
    Uni<Response> delete(RoomId id, Standings known, String version) {
        return scripts.run(
                delete,
                RoomKeys.all(id),
                RoomKeys.channel(id),
                deleted(id),
                known.epoch(),
                known.rolesVersion(),
                version,
                LobbyKeys.CHANNEL,
                LobbyNote.Kind.GONE.of(id));
    }

    /** After the room was removed: tells this node's listeners, and unlists it. */
    Uni<Void> deleted(RoomId id, Response reply) {
        written.tell(id, new RoomEvent.Deleted(deleted(id)));
        return index.owned(reply.get(1).toString(), id, false).chain(() -> unlist(id));
    }

    /** If there is another room of that id by now, it is listed again: it may have been before the old one was unlisted. */
    private Uni<Void> unlist(RoomId id) {
        return index.forget(id)
                .chain(() -> find(id))
                .chain(found ->
                        found.map(this::relist).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> relist(Room room) {
        long now = System.currentTimeMillis();
        return index.list(room.id(), !room.isPrivate(), false)
                .chain(() -> lookAfter(RoomKeys.EXPIRING, room.id(), now, millis(room.emptyTtl())))
                .chain(() -> lookAfter(RoomKeys.AGING, room.id(), now, millis(room.historyAge())));
    }

    private static String millis(Long seconds) {
        return seconds == null ? null : Long.toString(seconds * 1_000);
    }

    /** Removes the room if it is time, else notes when to look again; true if it is gone. Two or three round trips. */
    Uni<Boolean> expire(RoomId id) {
        return scripts.run(
                        expire,
                        RoomKeys.all(id),
                        RoomKeys.channel(id),
                        deleted(id),
                        LobbyKeys.CHANNEL,
                        LobbyNote.Kind.GONE.of(id))
                .chain(reply -> expired(id, reply));
    }

    private Uni<Boolean> expired(RoomId id, Response reply) {
        long again = reply.get(0).toLong();
        if (again == 0) {
            return deleted(id, reply).replaceWith(true);
        } else if (again == -1) {
            return unlist(id).replaceWith(true);
        }
        return again == -2
                ? index.forget(RoomKeys.EXPIRING, id).replaceWith(false)
                : index.lookAt(RoomKeys.EXPIRING, id, again).replaceWith(false);
    }

    /** Removes messages that are too old, and notes when to look again. Two round trips. */
    Uni<Void> trim(RoomId id) {
        List<String> keys = List.of(
                RoomKeys.details(id),
                RoomKeys.messages(id),
                RoomKeys.ids(id),
                RoomKeys.times(id),
                RoomKeys.reactions(id),
                RoomKeys.reactors(id));
        return scripts.run(trim, keys, Long.toString(historyAge))
                .chain(again -> again.toLong() < 0
                        ? index.forget(RoomKeys.AGING, id)
                        : index.lookAt(RoomKeys.AGING, id, again.toLong()));
    }

    private Uni<Void> lookLater(RoomId id, Map<String, String> settings, boolean isNew) {
        long now = System.currentTimeMillis();
        String emptyTtl = settings.get("emptyTtl");
        String age = settings.getOrDefault("historyAge", isNew && historyAge > 0 ? Long.toString(historyAge) : null);
        return lookAfter(RoomKeys.EXPIRING, id, now, emptyTtl).chain(() -> lookAfter(RoomKeys.AGING, id, now, age));
    }

    private Uni<Void> lookAfter(String key, RoomId id, long now, String millis) {
        return millis == null ? Uni.createFrom().voidItem() : index.lookAt(key, id, now + Long.parseLong(millis));
    }

    private static String[] details(RoomDraft draft, String owner, String epoch) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> settings = draft.settings().stored();
        List<String> fields = new ArrayList<>(List.of(
                epoch,
                "id",
                draft.id().value(),
                "createdAt",
                now.toString(),
                "emptySince",
                Long.toString(now.toEpochMilli()),
                "seq",
                "0",
                "version",
                "1",
                "name",
                settings.getOrDefault("name", draft.id().value()),
                "private",
                settings.getOrDefault("private", "0")));
        settings.forEach((field, value) -> {
            if (!field.equals("name") && !field.equals("private")) {
                fields.addAll(List.of(field, value));
            }
        });
        if (!owner.isEmpty()) {
            fields.addAll(List.of("owner", owner));
        }
        if (settings.keySet().stream().anyMatch(RULES::contains) || "1".equals(settings.get("private"))) {
            fields.addAll(List.of("rules", "1"));
        }
        return fields.toArray(String[]::new);
    }

    private static String deleted(RoomId id) {
        return "{\"room\":\"" + id + "\"}";
    }
}
