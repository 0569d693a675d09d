package dev.tandem.socketio;

import dev.tandem.socketio.adapter.Missed;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A session that was found again, and all that it missed, in order.
 *
 * @param missed what is known already
 * @param logged reads what it missed of its namespace's log, once it is in its rooms again; empty if not all of that can be had
 * @param attachment what the socket has as its {@link Socket#attachment} from the start; may be null
 */
public record RestoredSession(
        SocketSession session,
        List<SocketIoPacket.Event> missed,
        Optional<Supplier<Uni<Optional<Missed>>>> logged,
        Object attachment) {

    public RestoredSession(SocketSession session, List<SocketIoPacket.Event> missed, Object attachment) {
        this(session, missed, Optional.empty(), attachment);
    }

    /** A session of whose namespace there is a log. */
    public static RestoredSession ofLog(SocketSession session, Supplier<Uni<Optional<Missed>>> missed) {
        return new RestoredSession(session, List.of(), Optional.of(missed), null);
    }
}
