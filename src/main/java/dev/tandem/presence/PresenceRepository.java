package dev.tandem.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.event.Lobby;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomKeys;
import dev.tandem.event.WrittenEvents;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.Commands;
import dev.tandem.redis.Commands.Effect;
import dev.tandem.redis.Script;
import dev.tandem.redis.Scripts;
import dev.tandem.room.Refusals;
import dev.tandem.room.Ticket;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Presence in Redis. Every method is one round trip. */
@Singleton
class PresenceRepository {
    private static final String STATUS_OF_USER = "status-of-user";

    private final Commands commands;
    private final Scripts scripts;
    private final WrittenEvents written;
    private final Lobby lobby;
    private final ObjectMapper mapper;
    private final String largeRoom;
    private final Script join = Script.load(STATUS_OF_USER, "join-room", Effect.REPEATABLE);
    private final Script leave = Script.load(STATUS_OF_USER, "leave-room", Effect.REPEATABLE);
    private final Script setStatus = Script.load(STATUS_OF_USER, "set-status", Effect.REPEATABLE);
    private final Script renew = Script.load("renew-lease", Effect.REPEATABLE);
    private final Script bury = Script.load("bury-leases", Effect.REPEATABLE);

    PresenceRepository(
            Commands commands,
            Scripts scripts,
            WrittenEvents written,
            Lobby lobby,
            ObjectMapper mapper,
            PresenceConfig config) {
        this.commands = commands;
        this.scripts = scripts;
        this.written = written;
        this.lobby = lobby;
        this.mapper = mapper;
        this.largeRoom = Integer.toString(config.largeRoom());
    }

    /** Fails as {@link Refusals} say. */
    Uni<Joined> join(String lease, LocalPresence who, Ticket ticket) {
        ObjectNode user = user(who);
        ObjectNode entry = mapper.createObjectNode();
        entry.set("user", user);
        entry.put("since", who.since().toString());
        return scripts.run(
                        join,
                        List.of(
                                RoomKeys.details(who.room()),
                                RoomKeys.presence(who.room()),
                                RoomKeys.users(who.room()),
                                RoomKeys.roles(who.room()),
                                RoomKeys.bans(who.room()),
                                RoomKeys.invitations(who.room()),
                                RoomKeys.statuses(who.room()),
                                RoomKeys.kicks(who.room())),
                        field(lease, who),
                        write(entry),
                        who.user().id().value(),
                        RoomKeys.channel(who.room()),
                        event(who),
                        ticket.way(),
                        ticket.password(),
                        ticket.invitation(),
                        who.status().entry(),
                        largeRoom)
                .map(reply -> Refusals.require(who.room(), reply))
                .invoke(reply -> tellCount(who.room(), reply, 5))
                .onFailure(failure -> !Refusals.isCertain(failure))
                .invoke(uncertain -> lobby.onCounted(who.room()))
                .map(PresenceRepository::joined);
    }

    /** Changes the status in the room; false if the connection is not present there under that lease. */
    Uni<Boolean> set(String lease, LocalPresence who) {
        RoomId room = who.room();
        return scripts.run(
                        setStatus,
                        List.of(RoomKeys.presence(room), RoomKeys.users(room), RoomKeys.statuses(room)),
                        field(lease, who),
                        who.user().id().value(),
                        who.status().entry(),
                        RoomKeys.channel(room),
                        event(who),
                        largeRoom)
                .onItem()
                .ifNotNull()
                .invoke(reply -> tell(room, reply, 0))
                .map(Objects::nonNull);
    }

    Uni<Void> leave(String lease, LocalPresence who) {
        return leave(who.room(), field(lease, who));
    }

    /** Takes everybody of that lease out of the room. */
    Uni<Void> leaveAll(String lease, RoomId room) {
        return leave(room, lease + "/");
    }

    /** Notes that the lease has people in that room, so that they can be found when the lease has run out. */
    Uni<Void> noteRoom(String lease, RoomId room) {
        Request note = Request.cmd(Command.SADD).arg(PresenceKeys.rooms(lease)).arg(room.value());
        return commands.send(Effect.REPEATABLE, note).replaceWithVoid();
    }

    /** True if the lease holds; false if it had been taken away. */
    Uni<Boolean> renew(String lease, Duration length, boolean isNew) {
        return scripts.run(renew, leaseKeys(), lease, Long.toString(length.toMillis()), isNew ? "1" : "0")
                .map(reply -> reply.toLong() == 1);
    }

    /** Takes away every lease that has run out; completes with all whose people are to be removed. */
    Uni<List<String>> buryExpired() {
        return scripts.run(bury, leaseKeys(), "").map(PresenceRepository::texts);
    }

    /** Takes one lease away. */
    Uni<Void> bury(String lease) {
        return scripts.run(bury, leaseKeys(), lease).replaceWithVoid();
    }

    /** The rooms in which the lease has, or had, people. */
    Uni<List<String>> rooms(String lease) {
        return commands.read(Request.cmd(Command.SMEMBERS).arg(PresenceKeys.rooms(lease)))
                .map(PresenceRepository::texts);
    }

    /** The people of the lease are removed; nothing reminds of it any more. */
    Uni<Void> forget(String lease) {
        Request rooms = Request.cmd(Command.DEL).arg(PresenceKeys.rooms(lease));
        Request dead = Request.cmd(Command.SREM).arg(PresenceKeys.DEAD).arg(lease);
        return commands.send(Effect.REPEATABLE, rooms)
                .chain(() -> commands.send(Effect.REPEATABLE, dead))
                .replaceWithVoid();
    }

    /** One entry for each connection in the room, with the status of its user. */
    Uni<List<Member>> connections(RoomId room) {
        Uni<Response> present = commands.read(Request.cmd(Command.HVALS).arg(RoomKeys.presence(room)));
        Uni<Response> statuses = commands.read(Request.cmd(Command.HGETALL).arg(RoomKeys.statuses(room)));
        return Uni.combine().all().unis(present, statuses).with((all, said) -> {
            Map<String, JsonNode> byUser = new HashMap<>();
            said.getKeys()
                    .forEach(user -> byUser.put(user, status(said.get(user).toString())));
            return texts(all).stream().map(entry -> member(entry, byUser)).toList();
        });
    }

    private Uni<Void> leave(RoomId room, String fields) {
        return scripts.run(
                        leave,
                        List.of(
                                RoomKeys.details(room),
                                RoomKeys.presence(room),
                                RoomKeys.users(room),
                                RoomKeys.statuses(room)),
                        fields,
                        RoomKeys.channel(room),
                        room.value(),
                        largeRoom)
                .invoke(events -> tellCount(room, events, 0))
                .onFailure()
                .invoke(uncertain -> lobby.onCounted(room))
                .replaceWithVoid();
    }

    private Member member(String entry, Map<String, JsonNode> statuses) {
        JsonNode json = read(entry);
        JsonNode user = json.path("user");
        String id = user.path("id").asText();
        JsonNode status = statuses.getOrDefault(id, MissingNode.getInstance());
        return new Member(
                new UserRef(new UserId(id), user.path("name").asText()),
                Instant.parse(json.path("since").asText()),
                1,
                status.path("status").asText(Status.ONLINE.status()),
                status.path("text").textValue());
    }

    /** What members were told last of a user's status. */
    private JsonNode status(String held) {
        return read("{" + read(held).path("is").asText() + "}");
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private String write(JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same of who came or went, by which the room has another number of members. */
    private void tellCount(RoomId room, Response reply, int from) {
        tell(room, reply, from);
        if (reply.size() > from) {
            lobby.onCounted(room);
        }
    }

    /** What a script published, which it answers from that place on. */
    private void tell(RoomId room, Response reply, int from) {
        for (int i = from; i < reply.size(); i++) {
            written.tellPublished(room, reply.get(i).toBuffer());
        }
    }

    /** As far as all that is told of the user has it in common. */
    private String event(LocalPresence who) {
        return "{\"room\":\"" + who.room() + "\",\"user\":" + write(user(who)) + ",";
    }

    private ObjectNode user(LocalPresence who) {
        return mapper.createObjectNode()
                .put("id", who.user().id().value())
                .put("name", who.user().name());
    }

    private static Joined joined(Response reply) {
        RoomHead head = new RoomHead(reply.get(1).toString(), reply.get(0).toLong());
        return new Joined(
                head, reply.get(2).toLong(), reply.get(3).toLong(), reply.get(4).toLong());
    }

    private static String field(String lease, LocalPresence who) {
        return lease + "/" + who.connection();
    }

    private static List<String> leaseKeys() {
        return List.of(PresenceKeys.LEASES, PresenceKeys.DEAD);
    }

    private static List<String> texts(Response reply) {
        List<String> texts = new ArrayList<>();
        reply.forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
