package dev.tandem.api;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.UserId;
import dev.tandem.origin.Origins;
import dev.tandem.session.Caller;
import dev.tandem.session.Callers;
import dev.tandem.session.Credentials;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Who is calling, for all resources in the same way. Credentials in a header are looked at before a resource is asked, by {@link
 * CallerFilter}; a session, or a new guest, only where somebody wants to know. Made when it is needed first: filters are there before the
 * settings.
 */
@ApplicationScoped
class Calling {
    private static final String KEY = "tandem.caller";
    private static final String SHOWN = "tandem.credentials";

    private final Callers callers;
    private final Origins origins;

    Calling(Callers callers, Origins origins) {
        this.callers = callers;
        this.origins = origins;
    }

    /** Whoever is calling; who shows nothing is a new guest, and is told the cookie, unless there are too many of them. Fails as {@link Callers#resolve} does. */
    Uni<Caller> anybody(RoutingContext call) {
        return find(call)
                .chain(found -> found.map(known -> Uni.createFrom().item(known))
                        .orElseGet(() -> known(call, callers.pass(credentials(call)))));
    }

    /** Whoever is calling; empty for who shows nothing. */
    Uni<Optional<Caller>> find(RoutingContext call) {
        Optional<Caller> known = known(call);
        return known.isPresent()
                ? Uni.createFrom().item(known)
                : callers.find(credentials(call)).invoke(found -> found.ifPresent(caller -> call.put(KEY, caller)));
    }

    /** Whoever is calling; fails with {@code unauthenticated} for who shows nothing. */
    Uni<Caller> somebody(RoutingContext call) {
        return find(call)
                .map(found ->
                        found.orElseThrow(() -> TandemException.unauthenticated("Who is calling must be proved.")));
    }

    /** Whoever is calling, if that is the user or a key with that permission; else fails with {@code unauthenticated} or {@code forbidden}. */
    Uni<Caller> userOrKey(RoutingContext call, UserId user, Permission permission) {
        return somebody(call).invoke(caller -> {
            if (!caller.isOrMay(user, permission)) {
                throw new TandemException(ErrorCode.FORBIDDEN, "Only the user, or a key that may, does that.");
            }
        });
    }

    /** A new guest, who is told the cookie. */
    Uni<Caller> guest(RoutingContext call, Optional<String> name) {
        return known(call, callers.begin(credentials(call), name));
    }

    /** Fails with {@code forbidden} if it is a key, and has not that permission. */
    void require(RoutingContext call, Permission permission) {
        known(call).ifPresent(caller -> caller.require(permission));
    }

    /** Fails with {@code unauthenticated} or {@code forbidden} if it is no key that has that permission. */
    void requireKey(RoutingContext call, Permission permission) {
        Caller caller = known(call).orElseThrow(() -> TandemException.unauthenticated("An API key is needed."));
        if (!(caller instanceof Caller.OfKey)) {
            throw new TandemException(ErrorCode.FORBIDDEN, "An API key is needed.");
        }
        caller.require(permission);
    }

    /** Whether whoever is calling has to be somebody: by credentials in a header, which must not be wrong, or where there are no guests. */
    boolean mustShow(RoutingContext call) {
        return !callers.guestsAreWelcome() || credentials(call).isExplicit();
    }

    Credentials credentials(RoutingContext call) {
        Credentials shown = call.get(SHOWN);
        if (shown == null) {
            shown = Credentials.of(call.request(), origins.trusts(call.request()));
            call.put(SHOWN, shown);
        }
        return shown;
    }

    private static Uni<Caller> known(RoutingContext call, Uni<Caller> minted) {
        return minted.invoke(guest -> {
            call.put(KEY, guest);
            guest.setCookie().ifPresent(cookie -> call.response().headers().add("Set-Cookie", cookie));
        });
    }

    private static Optional<Caller> known(RoutingContext call) {
        return Optional.ofNullable(call.get(KEY));
    }
}
