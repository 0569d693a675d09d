package dev.tandem.api;

import dev.tandem.room.Actor;
import dev.tandem.session.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Who calls, and with what right: the one place in which a request's credentials become an {@link Actor}. From any thread. */
@Singleton
class Actors {
    private final Sessions sessions;

    Actors(Sessions sessions) {
        this.sessions = sessions;
    }

    /** From the {@code Cookie} header, null if there is none. Who has no credentials is nobody, and gets none. */
    Uni<Actor> of(String cookies) {
        return sessions.known(cookies).map(user -> user.map(Actor::of).orElse(Actor.NOBODY));
    }
}
