package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.room.Rooms;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What a connection is told that is not in the room where it wants something. From any thread. */
@Singleton
class MembersOnly {
    private final Rooms rooms;

    MembersOnly(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Always fails: with {@code not_a_member}, or {@code room_not_found}. */
    <T> Uni<T> refuse(Client client, RoomId room) {
        TandemException failure =
                new TandemException(ErrorCode.NOT_A_MEMBER, "This connection is not in '" + room + "'.", "room");
        return rooms.requireVisible(client.actor(), room)
                .onItem()
                .failWith(() -> failure)
                .replaceWith((T) null);
    }
}
