package dev.tandem.presence;

import dev.tandem.id.ConnectionId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import java.time.Instant;

/** One connection of this node in one room, and how present its user says to be there. */
record LocalPresence(RoomId room, ConnectionId connection, UserRef user, long sinceMillis, Status status) {

    /** The connection within the room, whatever else is said about it. */
    record Key(RoomId room, ConnectionId connection) {}

    Instant since() {
        return Instant.ofEpochMilli(sinceMillis);
    }

    LocalPresence with(Status other) {
        return new LocalPresence(room, connection, user, sinceMillis, other);
    }

    Key key() {
        return new Key(room, connection);
    }
}
