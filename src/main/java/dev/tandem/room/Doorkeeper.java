package dev.tandem.room;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomKeys;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.limit.Operations;
import dev.tandem.limit.RateLimits;
import dev.tandem.redis.Commands;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Looks at what somebody shows at a room's door: a password, an invitation. From any thread. */
@Singleton
public class Doorkeeper {
    private final Commands commands;
    private final Passwords passwords;
    private final RateLimits limits;

    Doorkeeper(Commands commands, Passwords passwords, RateLimits limits) {
        this.commands = commands;
        this.passwords = passwords;
        this.limits = limits;
    }

    /**
     * What to come in with. At once where no password is given; else one round trip and the time that it takes to check, which tells a
     * room that is not there from one that is hidden as little as the answer does. A password that is changed meanwhile is noticed when
     * the ticket is used. Fails with {@code wrong_password}, {@code rate_limited}, {@code room_not_found}, {@code
     * invalid_field} and {@code overloaded}.
     */
    public Uni<Ticket> ticket(RoomId room, UserRef user, Optional<String> password, Optional<String> invitation) {
        String hash = invitation.map(Invitation::hash).orElse("");
        if (password.isEmpty()) {
            return Uni.createFrom().item(hash.isEmpty() ? Ticket.NONE : new Ticket("enter", "", hash));
        }
        String given = Settings.requirePassword(password.get());
        return requireAttempt(room, user)
                .chain(() -> lock(room))
                .chain(lock -> lock.password() == null
                        ? unchecked(room, lock, given, hash)
                        : checked(room, lock, given, hash));
    }

    /** What a room asks for; {@code password} is the stored one, null if there is none. */
    private record Lock(boolean isThere, boolean isHidden, String password) {}

    /** Guesses are counted for whoever guesses, and for the room, since guests cost nothing. */
    private Uni<Void> requireAttempt(RoomId room, UserRef user) {
        return limits.require(Operations.PASSWORD, user.id(), null)
                .chain(() -> limits.require(Operations.PASSWORDS_OF_ROOM, "room:" + room));
    }

    private Uni<Lock> lock(RoomId room) {
        return commands.read(Request.cmd(Command.HMGET)
                        .arg(RoomKeys.details(room))
                        .arg("epoch")
                        .arg("password")
                        .arg("private")
                        .arg("owner"))
                .map(reply -> new Lock(
                        reply.get(0) != null,
                        "1".equals(text(reply.get(2))) && reply.get(3) != null,
                        text(reply.get(1))));
    }

    private Uni<Ticket> unchecked(RoomId room, Lock lock, String given, String invitation) {
        Ticket ticket = new Ticket("enter", "", invitation);
        if (lock.isThere() && !lock.isHidden()) {
            return Uni.createFrom().item(ticket);
        }
        return passwords.hash(given).map(wasted -> {
            if (!lock.isThere()) {
                throw Rooms.notFound(room);
            }
            return ticket;
        });
    }

    private Uni<Ticket> checked(RoomId room, Lock lock, String given, String invitation) {
        return passwords.fits(given, lock.password()).map(fits -> {
            if (!fits && lock.isHidden()) {
                throw Rooms.notFound(room);
            } else if (!fits) {
                throw new TandemException(ErrorCode.WRONG_PASSWORD, "That is not the room's password.", "password");
            }
            return new Ticket("enter", lock.password(), invitation);
        });
    }

    private static String text(Response value) {
        return value == null ? null : value.toString();
    }
}
