package dev.tandem.api;

import dev.tandem.room.Actor;
import dev.tandem.session.Caller;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Who calls, and with what right: the one place in which a caller becomes an {@link Actor}. From any thread. */
@Singleton
class Actors {
    private final Calling calling;

    Actors(Calling calling) {
        this.calling = calling;
    }

    /** Who has no credentials is nobody, and gets none. */
    Uni<Actor> of(RoutingContext call) {
        return calling.find(call).map(found -> found.map(Actors::actor).orElse(Actor.NOBODY));
    }

    /** The same for who wants to change a room, or keep order there; fails with {@code forbidden} for a key that may not. */
    Uni<Actor> keepingOrder(RoutingContext call) {
        calling.require(call, Permission.KEEP_ORDER);
        return of(call);
    }

    /** Who has no credentials is a new guest, and is told the cookie. */
    Uni<Actor> orGuest(RoutingContext call) {
        return calling.anybody(call).map(Actors::actor);
    }

    private static Actor actor(Caller caller) {
        return Actor.of(caller.user(), caller.isOperator());
    }
}
