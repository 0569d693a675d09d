package dev.tandem.api;

import dev.tandem.room.Actor;
import dev.tandem.session.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

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

    /** Who has no credentials is a new guest, and is told the cookie. */
    Uni<Actor> orGuest(RoutingContext call) {
        return calling.anybody(call).map(Actors::actor);
    }

    private static Actor actor(Caller caller) {
        return new Actor(Optional.of(caller.user()), caller.isOperator());
    }
}
