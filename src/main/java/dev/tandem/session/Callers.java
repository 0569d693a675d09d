package dev.tandem.session;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.limit.Operations;
import dev.tandem.limit.RateLimits;
import dev.tandem.user.Guests;
import dev.tandem.user.UserNames;
import dev.tandem.user.Users;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out who is calling, the same way for all doors. From any thread. What is there and wrong fails with {@code unauthenticated},
 * but for a cookie, which then counts as none: browsers send old ones. Whoever fails too often from one address is told {@code
 * rate_limited}; every method fails with {@code redis_unavailable} where Redis cannot be asked.
 */
@Singleton
public class Callers {
    private static final String BEARER = "bearer ";

    private final Sessions sessions;
    private final Tokens tokens;
    private final ApiKeys keys;
    private final Users users;
    private final Guests guests;
    private final RateLimits limits;
    private final IdentityConfig config;
    private final MeterRegistry registry;

    Callers(
            Sessions sessions,
            Tokens tokens,
            ApiKeys keys,
            Users users,
            Guests guests,
            RateLimits limits,
            IdentityConfig config,
            MeterRegistry registry) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.keys = keys;
        this.users = users;
        this.guests = guests;
        this.limits = limits;
        this.config = config;
        this.registry = registry;
    }

    /** Whoever is calling; who shows nothing is a new guest, whose session Redis has when this completes, or {@code unauthenticated}. */
    public Uni<Caller> resolve(Credentials shown) {
        return find(shown)
                .chain(found -> found.map(caller -> Uni.createFrom().item(caller))
                        .orElseGet(() -> mint(shown, Optional.empty())));
    }

    /** Whoever is calling; empty for who shows nothing. */
    public Uni<Optional<Caller>> find(Credentials shown) {
        if (shown.isExplicit()) {
            return explicit(shown).map(Optional::of);
        }
        return sessions.find(shown.cookie())
                .map(found -> found.map(session -> new Caller.OfSession(session.user(), session.sid())));
    }

    /** Who was let in by that proof before, by the name that counts now; fails with {@code unauthenticated} if it is not good any more. */
    public Uni<Caller> again(Proof proof) {
        if (proof.session() != null) {
            return sessions.again(proof.session())
                    .map(found -> found.filter(session ->
                                    session.user().id().equals(proof.user().id()))
                            .orElseThrow(Callers::over))
                    .map(session -> new Caller.OfSession(session.user(), session.sid()));
        } else if (proof.key() != null) {
            return keys.again(proof.key())
                    .chain(key -> known(proof).map(user -> new Caller.OfKey(user, key.id(), key.scopes())));
        } else if (proof.expires() != null) {
            return proof.expires().isAfter(Instant.now())
                    ? known(proof).map(user -> new Caller.OfToken(user, proof.expires()))
                    : Uni.createFrom().failure(over());
        }
        return known(proof).map(Caller.Passing::new);
    }

    /** A new guest of that name, or of one that the server chooses; fails with {@code unauthenticated} where there are no guests. */
    public Uni<Caller> mint(Credentials shown, Optional<String> name) {
        if (!config.guests()) {
            return Uni.createFrom().failure(TandemException.unauthenticated("Who is calling must be proved."));
        }
        UserRef guest = name.map(UserNames::require).map(guests::mint).orElseGet(guests::mint);
        return limits.require(Operations.SESSION, null, shown.address())
                .chain(() -> sessions.create(guest, shown.isSecure()))
                .map(session -> new Caller.Guest(guest, session.sid(), session.setCookie()));
    }

    /** The same over HTTP, where each call without a cookie makes another one: fails with {@code rate_limited} too. */
    public Uni<Caller> begin(Credentials shown, Optional<String> name) {
        return limits.require(Operations.GUESTS, null, shown.address()).chain(() -> mint(shown, name));
    }

    /** The same for one who did not ask for it: from an address of which there are too many, a guest whom nobody remembers. */
    public Uni<Caller> pass(Credentials shown) {
        return begin(shown, Optional.empty())
                .onFailure(failure -> TandemException.of(failure).code() == ErrorCode.RATE_LIMITED && config.guests())
                .recoverWithItem(() -> new Caller.Passing(guests.mint()));
    }

    /** Whether those who show nothing are let in. */
    public boolean guestsAreWelcome() {
        return config.guests();
    }

    private Uni<Caller> explicit(Credentials shown) {
        return Uni.createFrom()
                .deferred(() -> {
                    String token = token(shown);
                    return token.startsWith(ApiKeys.PREFIX) ? key(token, shown) : token(token, shown);
                })
                .onFailure(Callers::isWrong)
                .recoverWithUni(wrong -> limits.require(Operations.CREDENTIALS, null, shown.address())
                        .chain(() -> Uni.createFrom().failure(wrong)))
                .onFailure(TandemException.class)
                .invoke(failure -> count((TandemException) failure));
    }

    private void count(TandemException failure) {
        registry.counter("tandem.identity.refused", "code", failure.code().wireName())
                .increment();
    }

    private static String token(Credentials shown) {
        String authorization = shown.authorization();
        if (authorization != null) {
            if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw TandemException.unauthenticated("Only 'Bearer' is understood.");
            }
            return authorization.substring(BEARER.length()).strip();
        } else if (shown.apiKey() != null) {
            if (!shown.apiKey().startsWith(ApiKeys.PREFIX)) {
                throw ApiKeys.unknown();
            }
            return shown.apiKey();
        } else if (shown.token() != null) {
            return shown.token();
        }
        throw mayNotActFor();
    }

    /** A secret could be guessed, so who has failed too often is not even listened to; of a token only the signature counts. */
    private Uni<Caller> key(String token, Credentials shown) {
        return limits.check(Operations.CREDENTIALS, shown.address())
                .chain(() -> keys.verify(token))
                .chain(key -> caller(key, shown.actsFor()));
    }

    private Uni<Caller> caller(ApiKey key, String actsFor) {
        Caller.OfKey itself = new Caller.OfKey(key.user(), key.id(), key.scopes());
        if (actsFor != null) {
            itself.require(Permission.PUBLISH);
        } else if (key.actsFor().isEmpty()) {
            return Uni.createFrom().item(itself);
        }
        UserId user = actsFor == null ? key.actsFor().get() : new UserId(actsFor);
        return users.touch(new UserRef(user, user.value()), Users.Naming.SUGGEST, Instant.now())
                .map(found -> new Caller.OfKey(found.orElseThrow(Callers::gone), key.id(), key.scopes()));
    }

    private Uni<Caller> token(String token, Credentials shown) {
        if (shown.actsFor() != null) {
            throw mayNotActFor();
        }
        return tokens.verify(token)
                .chain(claims -> users.touch(claims.user(), claims.naming(), claims.issuedAt())
                        .map(found -> new Caller.OfToken(found.orElseThrow(Callers::gone), claims.expires())));
    }

    private Uni<UserRef> known(Proof proof) {
        return users.touch(proof.user(), Users.Naming.KNOWN_ONLY, Instant.EPOCH)
                .map(found -> found.orElseThrow(Callers::gone));
    }

    private static boolean isWrong(Throwable failure) {
        return failure instanceof TandemException told && told.code() == ErrorCode.UNAUTHENTICATED;
    }

    private static TandemException gone() {
        return TandemException.unauthenticated("The user is not there any more.");
    }

    private static TandemException over() {
        return TandemException.unauthenticated("Who was let in must prove it anew.");
    }

    private static TandemException mayNotActFor() {
        return new TandemException(ErrorCode.FORBIDDEN, "Only an API key acts for another user.");
    }
}
