package dev.tandem.gateway.sse;

import dev.tandem.gateway.LobbyReaders;
import dev.tandem.gateway.RoomReaders;
import dev.tandem.gateway.RoomReaders.Reader;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * What one reader is to hear.
 *
 * @param id what the reader begins with, so that it misses nothing even if it hears nothing before it comes back; empty if nothing
 * @param begin from then on it hears
 * @param close it is gone
 */
record Streamed(String id, Runnable begin, Runnable close) {

    /** Finds out what a call is to hear; fails as the call is to be refused. */
    interface Source {
        Uni<Streamed> open(RoutingContext call, Reader reader);
    }

    static Streamed of(RoomReaders.Reading room) {
        String id = room.isNew() ? room.head().epoch() + ":" + room.head().seq() : "";
        return new Streamed(id, room::begin, room::close);
    }

    /** Nobody can say what a reader missed that comes back: it begins with the list again. */
    static Streamed of(LobbyReaders.Reading lobby) {
        return new Streamed("", lobby::begin, lobby::close);
    }
}
