package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.redis.Commands;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets those write who may. What somebody is in a room is read first; the script that writes then refuses if that has changed, and it
 * is read again. From any thread.
 */
@Singleton
class Guard {
    private static final int ATTEMPTS = 4;
    private static final String CHANGED = "changed";
    /** In a field name no user can have. */
    private static final String NO_USER = "";

    private final Commands commands;
    private final RoomConfig config;

    Guard(Commands commands, RoomConfig config) {
        this.commands = commands;
        this.config = config;
    }

    /** What they are in the room. One round trip. Fails with {@code room_not_found}, also where there is none for the actor. */
    Uni<Standings> standings(RoomId room, Actor actor, Optional<UserId> target) {
        String self = actor.user().map(user -> user.id().value()).orElse(NO_USER);
        String other = target.map(UserId::value).orElse(NO_USER);
        Uni<Response> details = commands.read(Request.cmd(Command.HMGET)
                .arg(RoomKeys.details(room))
                .arg("epoch")
                .arg("rolesVersion")
                .arg("owner")
                .arg("private"));
        Uni<Response> roles = commands.read(
                Request.cmd(Command.HMGET).arg(RoomKeys.roles(room)).arg(self).arg(other));
        Uni<Response> present = commands.read(field(Command.HEXISTS, RoomKeys.users(room), self));
        return Uni.combine().all().unis(details, roles, present).with((found, given, here) -> {
            String owner = text(found.get(2));
            Standing own = standing(actor, owner, text(given.get(0)));
            if (found.get(0) == null || isHidden(found.get(3), owner, own, here)) {
                throw Rooms.notFound(room);
            }
            return new Standings(
                    found.get(0).toString(),
                    found.get(1) == null ? "0" : found.get(1).toString(),
                    actor.user().isPresent(),
                    own,
                    standing(other, owner, text(given.get(1))));
        });
    }

    /** What somebody is who looks at a room. */
    record Viewer(Standing standing, String owner, boolean isPresent, boolean isGuarded, boolean isBanned) {
        /** Whether the room's inner life is this one's business. */
        boolean seesInside() {
            return isPresent || standing != Standing.NONE;
        }

        /** Whether that is more than anybody is. */
        boolean belongs() {
            return isPresent || standing != Standing.NONE && standing != Standing.ANYBODY;
        }
    }

    /** Who looks at the room. One round trip. Fails with {@code room_not_found}, also where there is none for the actor. */
    Uni<Viewer> viewer(RoomId room, Actor actor) {
        String self = actor.user().map(user -> user.id().value()).orElse(NO_USER);
        Uni<Response> details = commands.read(Request.cmd(Command.HMGET)
                .arg(RoomKeys.details(room))
                .arg("epoch")
                .arg("owner")
                .arg("password")
                .arg("locked")
                .arg("private"));
        Uni<Response> role = commands.read(field(Command.HMGET, RoomKeys.roles(room), self));
        Uni<Response> present = commands.read(field(Command.HEXISTS, RoomKeys.users(room), self));
        Uni<Response> ban = commands.read(field(Command.HMGET, RoomKeys.bans(room), self));
        return Uni.combine().all().unis(details, role, present, ban).with((found, given, here, banned) -> {
            String owner = text(found.get(1));
            Standing own = standing(actor, owner, text(given.get(0)));
            if (found.get(0) == null || isHidden(found.get(4), owner, own, here)) {
                throw Rooms.notFound(room);
            }
            return new Viewer(
                    own,
                    owner,
                    here.toLong() == 1,
                    found.get(2) != null || found.get(3) != null,
                    banned.get(0) != null
                            && Restriction.of(self, banned.get(0).toString()).isInForce(Instant.now()));
        });
    }

    /**
     * Completes if the actor may read what is said in the room, and who is there. One round trip, two if the room has rules. Fails with
     * {@code room_not_found}, {@code banned}, and {@code not_a_member} where lock or password keep the actor out.
     */
    Uni<Void> requireReader(RoomId room, Actor actor) {
        return commands.read(Request.cmd(Command.HMGET)
                        .arg(RoomKeys.details(room))
                        .arg("epoch")
                        .arg("rules"))
                .chain(found -> {
                    if (found.get(0) == null) {
                        throw Rooms.notFound(room);
                    }
                    return found.get(1) == null
                            ? Uni.createFrom().voidItem()
                            : viewer(room, actor).invoke(Guard::requireReader).replaceWithVoid();
                });
    }

    /** A private room that is somebody's is not there for those who do not belong to it. */
    private static boolean isHidden(Response isPrivate, String owner, Standing own, Response present) {
        return "1".equals(text(isPrivate)) && owner != null && own == Standing.NONE && present.toLong() == 0;
    }

    private static void requireReader(Viewer viewer) {
        if (viewer.isBanned()) {
            throw Refusals.of(ErrorCode.BANNED);
        } else if (viewer.isGuarded() && !viewer.belongs()) {
            throw Refusals.of(ErrorCode.NOT_A_MEMBER);
        }
    }

    private static Request field(Command command, String key, String field) {
        return Request.cmd(command).arg(key).arg(field);
    }

    /**
     * Checks, then writes; what the script answered, if that is no refusal. Fails as {@link Refusals} and {@code check} say, and with
     * {@code version_conflict} if the roles change all the time.
     */
    Uni<Response> write(
            RoomId room,
            Actor actor,
            Optional<UserId> target,
            Consumer<Standings> check,
            Function<Standings, Uni<Response>> write) {
        return write(room, actor, target, check, write, ATTEMPTS);
    }

    /** What somebody is of whom it is known who owns the room, and which role they have. */
    Standing standing(Actor actor, String owner, String role) {
        if (actor.isOperator()) {
            return Standing.OPERATOR;
        }
        String self = actor.user().map(user -> user.id().value()).orElse(NO_USER);
        Standing own = standing(self, owner, role);
        return owner == null && config.unownedOpen() && Standing.ANYBODY.isAbove(own) ? Standing.ANYBODY : own;
    }

    private Uni<Response> write(
            RoomId room,
            Actor actor,
            Optional<UserId> target,
            Consumer<Standings> check,
            Function<Standings, Uni<Response>> write,
            int attempts) {
        return standings(room, actor, target)
                .invoke(check)
                .chain(standings -> write.apply(standings))
                .chain(reply -> reply != null && CHANGED.equals(reply.toString())
                        ? again(room, actor, target, check, write, attempts - 1)
                        : Uni.createFrom().item(() -> Refusals.require(room, reply)));
    }

    private Uni<Response> again(
            RoomId room,
            Actor actor,
            Optional<UserId> target,
            Consumer<Standings> check,
            Function<Standings, Uni<Response>> write,
            int attempts) {
        return attempts == 0
                ? Uni.createFrom().failure(Refusals.of(ErrorCode.VERSION_CONFLICT))
                : write(room, actor, target, check, write, attempts);
    }

    private static Standing standing(String user, String owner, String role) {
        if (user.equals(owner)) {
            return Standing.OWNER;
        } else if (role == null) {
            return Standing.NONE;
        }
        return role.startsWith("moderator:") ? Standing.MODERATOR : Standing.MEMBER;
    }

    private static String text(Response value) {
        return value == null ? null : value.toString();
    }
}
