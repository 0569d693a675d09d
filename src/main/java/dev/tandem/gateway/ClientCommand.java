package dev.tandem.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.id.EventName;
import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.presence.Status;
import dev.tandem.room.RoomRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that a client can say, over either door. Each feature has a part, with the names of its commands; what they do is in a
 * {@link FeatureCommands} of its own.
 */
public sealed interface ClientCommand {

    /** Being in rooms, and what rooms are like. */
    sealed interface OfRoom extends ClientCommand {
        Map<String, CommandParser> NAMES = Map.ofEntries(
                CommandParser.named("join", Join::of),
                CommandParser.named("leave", Leave::of),
                CommandParser.named("rooms", ListRooms::of),
                CommandParser.named("watch", Watch::of),
                CommandParser.named("unwatch", given -> new Unwatch()),
                CommandParser.named("room", LookAt::of),
                CommandParser.named("create", Create::of),
                CommandParser.named("update", Update::of),
                CommandParser.named("delete", Delete::of));
    }

    /**
     * Enter a room; {@code since} is the last number that was seen, and {@code changesSince} the last change, in the past named {@code
     * epoch}; password or invitation where the room asks for one.
     */
    record Join(
            RoomId room,
            OptionalLong since,
            Optional<String> epoch,
            Optional<String> password,
            Optional<String> invitation,
            OptionalLong changesSince)
            implements OfRoom {
        static Join of(CommandFields given) {
            return new Join(
                    given.room(),
                    given.seq("since"),
                    given.text("epoch"),
                    given.text("password"),
                    given.text("invitation"),
                    given.seq("changesSince"));
        }

        /** Enter a room again, after that place. */
        static Join after(Place place) {
            return new Join(
                    place.room(),
                    OptionalLong.of(place.seq()),
                    Optional.of(place.epoch()),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty());
        }

        /** Passwords and tokens are no business of a log. */
        @Override
        public String toString() {
            return "Join[room=%s, since=%s, epoch=%s]".formatted(room, since, epoch);
        }
    }

    record Leave(RoomId room) implements OfRoom {
        static Leave of(CommandFields given) {
            return new Leave(given.room());
        }
    }

    /** A page of the public rooms, after the one of the id {@code cursor}. */
    record ListRooms(Optional<RoomId> cursor, OptionalLong limit) implements OfRoom {
        static ListRooms of(CommandFields given) {
            return new ListRooms(given.text("cursor").map(id -> given.room("cursor")), given.seq("limit"));
        }
    }

    /** Be told what becomes of the public rooms, from a first page of them on. */
    record Watch(OptionalLong limit) implements OfRoom {
        static Watch of(CommandFields given) {
            return new Watch(given.seq("limit"));
        }
    }

    /** Be told no more of that. */
    record Unwatch() implements OfRoom {}

    /** What a room is like. */
    record LookAt(RoomId room) implements OfRoom {
        static LookAt of(CommandFields given) {
            return new LookAt(given.room());
        }
    }

    /** Make a room; the server chooses its id if there is none. The settings are among the fields. */
    record Create(RoomId room, JsonNode fields) implements OfRoom {
        static Create of(CommandFields given) {
            return new Create(given.any("room") == null ? RoomId.random() : given.room(), given.fields());
        }

        /** As that of {@link Join}. */
        @Override
        public String toString() {
            return "Create[room=%s]".formatted(room);
        }
    }

    /** Change settings, if they are still those of {@code version}. The settings are among the fields; null takes one away. */
    record Update(RoomId room, OptionalLong version, JsonNode fields) implements OfRoom {
        static Update of(CommandFields given) {
            return new Update(given.room(), given.seq("version"), given.fields());
        }

        /** As that of {@link Join}. */
        @Override
        public String toString() {
            return "Update[room=%s, version=%s]".formatted(room, version);
        }
    }

    /** Remove a room, if its settings are still those of {@code version}. */
    record Delete(RoomId room, OptionalLong version) implements OfRoom {
        static Delete of(CommandFields given) {
            return new Delete(given.room(), given.seq("version"));
        }
    }

    /** Keeping order in rooms. */
    sealed interface OfModeration extends ClientCommand {
        Map<String, CommandParser> NAMES = Map.ofEntries(
                CommandParser.named("role", GiveRole::of),
                CommandParser.named("roles", ListRoles::of),
                CommandParser.named("kick", Kick::of),
                CommandParser.named("ban", Ban::of),
                CommandParser.named("unban", Unban::of),
                CommandParser.named("bans", ListBans::of),
                CommandParser.named("mute", Mute::of),
                CommandParser.named("unmute", Unmute::of),
                CommandParser.named("mutes", ListMutes::of),
                CommandParser.named("invite", Invite::of),
                CommandParser.named("revoke-invitations", RevokeInvitations::of));
    }

    record GiveRole(RoomId room, UserId user, RoomRole role) implements OfModeration {
        static GiveRole of(CommandFields given) {
            return new GiveRole(
                    given.room(), given.user(), RoomRole.of(given.text("role").orElse(null)));
        }
    }

    record ListRoles(RoomId room) implements OfModeration {
        static ListRoles of(CommandFields given) {
            return new ListRoles(given.room());
        }
    }

    /** Put somebody out, who may come again. */
    record Kick(RoomId room, UserId user, Optional<String> reason) implements OfModeration {
        static Kick of(CommandFields given) {
            return new Kick(given.room(), given.user(), given.text("reason"));
        }
    }

    /** Put somebody out and keep them out, for so many seconds or for good. */
    record Ban(RoomId room, UserId user, Optional<Long> seconds, Optional<String> reason) implements OfModeration {
        static Ban of(CommandFields given) {
            return new Ban(given.room(), given.user(), given.number("for"), given.text("reason"));
        }
    }

    record Unban(RoomId room, UserId user) implements OfModeration {
        static Unban of(CommandFields given) {
            return new Unban(given.room(), given.user());
        }
    }

    record ListBans(RoomId room) implements OfModeration {
        static ListBans of(CommandFields given) {
            return new ListBans(given.room());
        }
    }

    /** Let somebody say nothing, for so many seconds or for good. */
    record Mute(RoomId room, UserId user, Optional<Long> seconds, Optional<String> reason) implements OfModeration {
        static Mute of(CommandFields given) {
            return new Mute(given.room(), given.user(), given.number("for"), given.text("reason"));
        }
    }

    record Unmute(RoomId room, UserId user) implements OfModeration {
        static Unmute of(CommandFields given) {
            return new Unmute(given.room(), given.user());
        }
    }

    record ListMutes(RoomId room) implements OfModeration {
        static ListMutes of(CommandFields given) {
            return new ListMutes(given.room());
        }
    }

    /** Make an invitation, for so many users and so many seconds. */
    record Invite(RoomId room, Optional<Long> uses, Optional<Long> expires) implements OfModeration {
        static Invite of(CommandFields given) {
            return new Invite(given.room(), given.number("uses"), given.number("expires"));
        }
    }

    record RevokeInvitations(RoomId room) implements OfModeration {
        static RevokeInvitations of(CommandFields given) {
            return new RevokeInvitations(given.room());
        }
    }

    /** What people let each other know of themselves. */
    sealed interface OfPeople extends ClientCommand {
        Map<String, CommandParser> NAMES = Map.ofEntries(
                CommandParser.named("typing", Type::of),
                CommandParser.named("status", SetStatus::of),
                CommandParser.named("members", ListMembers::of));
    }

    /** Begin to type, or stop. */
    record Type(RoomId room, boolean on) implements OfPeople {
        static Type of(CommandFields given) {
            return new Type(given.room(), given.flag("on", true));
        }
    }

    /** Be more or less present, by this connection, wherever it is and will be. */
    record SetStatus(Status status) implements OfPeople {
        static SetStatus of(CommandFields given) {
            return new SetStatus(Status.of(
                    given.text("status").orElse(""), given.text("text").orElse("")));
        }
    }

    /** A page of who is in a room, after the one that {@code cursor} names. */
    record ListMembers(RoomId room, OptionalLong limit, Optional<String> cursor) implements OfPeople {
        static ListMembers of(CommandFields given) {
            return new ListMembers(given.room(), given.seq("limit"), given.text("cursor"));
        }
    }

    /** What is said. */
    sealed interface OfMessages extends ClientCommand {
        Map<String, CommandParser> NAMES = Map.ofEntries(
                CommandParser.named("send", Send::of),
                CommandParser.named("edit", Edit::of),
                CommandParser.named("remove", Remove::of),
                CommandParser.named("changes", ListChanges::of),
                CommandParser.named("react", given -> React.of(given, true)),
                CommandParser.named("unreact", given -> React.of(given, false)),
                CommandParser.named("reactions", ListReactions::of),
                CommandParser.named("read", Read::of),
                CommandParser.named("unread", given -> new ListUnread()));
    }

    /**
     * Say something; {@code text} and {@code data} are null if the client gave none; {@code replyTo} is the number of the message that it
     * answers.
     */
    record Send(
            RoomId room,
            String text,
            Optional<MessageId> id,
            JsonNode data,
            Optional<Long> replyTo,
            List<UserId> mentions)
            implements OfMessages {
        static Send of(CommandFields given) {
            return new Send(
                    given.room(),
                    given.text("text").orElse(null),
                    given.text("id").map(MessageId::new),
                    given.any("data"),
                    given.number("replyTo"),
                    given.users("mentions"));
        }
    }

    /** Let a message say something else; {@code text} and {@code data} are null if they are to stay. */
    record Edit(RoomId room, long seq, String text, JsonNode data) implements OfMessages {
        static Edit of(CommandFields given) {
            return new Edit(given.room(), given.seq(), given.text("text").orElse(null), given.any("data"));
        }
    }

    /** Take a message away. */
    record Remove(RoomId room, long seq) implements OfMessages {
        static Remove of(CommandFields given) {
            return new Remove(given.room(), given.seq());
        }
    }

    /** The messages that were changed after change {@code since}, in the past named {@code epoch}. */
    record ListChanges(RoomId room, OptionalLong since, Optional<String> epoch) implements OfMessages {
        static ListChanges of(CommandFields given) {
            return new ListChanges(given.room(), given.seq("since"), given.text("epoch"));
        }
    }

    /** React to a message, or not any more. */
    record React(RoomId room, long seq, String emoji, boolean on) implements OfMessages {
        static React of(CommandFields given, boolean on) {
            return new React(given.room(), given.seq(), given.text("emoji").orElse(null), on);
        }
    }

    /** The reactions to a message. */
    record ListReactions(RoomId room, long seq) implements OfMessages {
        static ListReactions of(CommandFields given) {
            return new ListReactions(given.room(), given.seq());
        }
    }

    /** A room was read up to that number. */
    record Read(RoomId room, long seq) implements OfMessages {
        static Read of(CommandFields given) {
            return new Read(given.room(), given.seq());
        }
    }

    /** How much there is to read. */
    record ListUnread() implements OfMessages {}

    /** What is told and kept nowhere. */
    sealed interface OfEvents extends ClientCommand {
        Map<String, CommandParser> NAMES = Map.ofEntries(CommandParser.named("publish", Publish::of));
    }

    /** Tell the room's members an event of that name; {@code data} is null if the client gave none. */
    record Publish(RoomId room, EventName name, JsonNode data) implements OfEvents {
        static Publish of(CommandFields given) {
            return new Publish(given.room(), new EventName(given.text("name").orElse(null)), given.any("data"));
        }
    }

    /** The command of that name; fails with {@code invalid_command} or {@code invalid_field}. */
    static ClientCommand parse(String name, JsonNode fields) {
        return CommandNames.parser(name).parse(new CommandFields(fields));
    }
}
