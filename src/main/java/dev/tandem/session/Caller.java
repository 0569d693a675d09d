package dev.tandem.session;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Who is calling, by what proof. Made by {@link Callers} alone; says no secret. */
public sealed interface Caller {

    /** Whom the caller is, or acts for. */
    UserRef user();

    /** The {@code Set-Cookie} header by which the caller will be known again; empty where there is nothing to remember. */
    default Optional<String> setCookie() {
        return Optional.empty();
    }

    /** The same caller, once the cookie has been told: what is kept for as long as a connection lives. */
    default Caller told() {
        return this;
    }

    /** Fails with {@code forbidden} if the caller is an API key without that permission; people are kept to other rules. */
    default void require(Permission permission) {}

    /** Whether the caller acts as that user, or is an API key with that permission. */
    default boolean isOrMay(UserId other, Permission permission) {
        return user().id().equals(other);
    }

    /** What can be kept of the proof. */
    default Proof proof() {
        return Proof.of(this);
    }

    /** Whether the caller may do everything in every room: an API key that may moderate. */
    default boolean isOperator() {
        return false;
    }

    /** Somebody who came without credentials, and has just been minted. */
    record Guest(UserRef user, String sid, String cookie) implements Caller {
        @Override
        public Optional<String> setCookie() {
            return Optional.of(cookie);
        }

        @Override
        public Caller told() {
            return new OfSession(user, sid);
        }

        @Override
        public String toString() {
            return "guest " + user.id();
        }
    }

    /** Somebody who shows nothing, and is not remembered. */
    record Passing(UserRef user) implements Caller {
        @Override
        public String toString() {
            return "passing " + user.id();
        }
    }

    /** Somebody with a session. */
    record OfSession(UserRef user, String sid) implements Caller {
        @Override
        public String toString() {
            return "session of " + user.id();
        }
    }

    /** Somebody for whom another authority vouches, until {@code expires}. */
    record OfToken(UserRef user, Instant expires) implements Caller {
        @Override
        public String toString() {
            return "token of " + user.id();
        }
    }

    /** A program, by the name of its key. */
    record OfKey(UserRef user, String key, Set<Scope> scopes) implements Caller {
        @Override
        public void require(Permission permission) {
            if (!permission.isIn(scopes)) {
                throw new TandemException(
                        ErrorCode.FORBIDDEN, "The API key has not the scope " + permission.names() + ".");
            }
        }

        @Override
        public boolean isOrMay(UserId other, Permission permission) {
            return permission.isIn(scopes);
        }

        @Override
        public boolean isOperator() {
            return Permission.MODERATE.isIn(scopes);
        }

        @Override
        public String toString() {
            return "key " + key + " for " + user.id();
        }
    }

    /** The session behind it, where there is one. */
    default Optional<String> sessionId() {
        if (this instanceof Guest guest) {
            return Optional.of(guest.sid());
        }
        return this instanceof OfSession session ? Optional.of(session.sid()) : Optional.empty();
    }
}
