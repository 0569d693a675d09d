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
     * What to come in with. At once where no password is given; else one round trip and the time that it takes to check. A password
     * that is changed meanwhile is noticed when the ticket is used. Fails with {@code wrong_password}, {@code rate_limited}, {@code room_not_found}, {@code
     * invalid_field} and {@code overloaded}.
     */
    public Uni<Ticket> ticket(RoomId room, UserRef user, Optional<String> password, Optional<String> invitation) {
        String hash = invitation.map(Invitation::hash).orElse("");
        if (password.isEmpty()) {
            return Uni.createFrom().item(hash.isEmpty() ? Ticket.NONE : new Ticket("enter", "", hash));
        }
        String given = Settings.requirePassword(password.get());
        return requireAttempt(room, user)
                .chain(() -> stored(room))
                .chain(stored -> stored.map(right -> checked(given, right, hash))
                        .orElseGet(() -> Uni.createFrom().item(new Ticket("enter", "", hash))));
    }

    /** Guesses are counted for whoever guesses, and for the room, since guests cost nothing. */
    private Uni<Void> requireAttempt(RoomId room, UserRef user) {
        return limits.require(Operations.PASSWORD, user.id(), null)
                .chain(() -> limits.require(Operations.PASSWORDS_OF_ROOM, "room:" + room));
    }

    private Uni<Optional<String>> stored(RoomId room) {
        return commands.read(Request.cmd(Command.HMGET)
                        .arg(RoomKeys.details(room))
                        .arg("epoch")
                        .arg("password"))
                .map(reply -> {
                    if (reply.get(0) == null) {
                        throw Rooms.notFound(room);
                    }
                    return Optional.ofNullable(reply.get(1)).map(Response::toString);
                });
    }

    private Uni<Ticket> checked(String given, String stored, String invitation) {
        return passwords.fits(given, stored).map(fits -> {
            if (!fits) {
                throw new TandemException(ErrorCode.WRONG_PASSWORD, "That is not the room's password.", "password");
            }
            return new Ticket("enter", stored, invitation);
        });
    }
}
