package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomLog;
import dev.tandem.id.RoomId;
import dev.tandem.redis.RedisLoop;
import dev.tandem.room.Actor;
import dev.tandem.room.Rooms;
import dev.tandem.session.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Lets connections hear what happens in a room that are not in it, and count as nobody there. Who is put out, or banned, hears it no
 * more, as everybody when the room is deleted: {@link Connection#onLeft} is called. From any thread.
 */
@Singleton
public class RoomReaders {
    /** A reader is not told how many are here: it hears of everybody who comes or goes. */
    private static final long NOTHING_COUNTED = 0;

    private final LocalRooms localRooms;
    private final LocalUsers users;
    private final Rooms rooms;
    private final RoomLog log;
    private final CatchUp catchUp;
    private final RedisLoop loop;

    RoomReaders(LocalRooms localRooms, LocalUsers users, Rooms rooms, RoomLog log, CatchUp catchUp, RedisLoop loop) {
        this.localRooms = localRooms;
        this.users = users;
        this.rooms = rooms;
        this.log = log;
        this.catchUp = catchUp;
        this.loop = loop;
    }

    /** Who wants to hear, with what right, and how. */
    public record Reader(Caller caller, Actor actor, Door door, Context context, Connection connection) {}

    /** The last number that was seen, in the past of that name; without a name, in the room's present one. */
    public record Since(long seq, Optional<String> epoch) {}

    /** A reader that hears nothing yet; it must be closed. */
    public final class Reading {
        private final Membership membership;
        private final RoomHead head;
        private final CatchUp.Missed missed;
        private final boolean isNew;

        private Reading(Membership membership, RoomHead head, CatchUp.Missed missed, boolean isNew) {
            this.membership = membership;
            this.head = head;
            this.missed = missed;
            this.isNew = isNew;
        }

        /** Where the reader stands when it has been told what it missed. */
        public RoomHead head() {
            return head;
        }

        /** Whether the reader did not say what it has seen. */
        public boolean isNew() {
            return isNew;
        }

        /** From now on the reader hears: first what it missed, or a reset if that cannot be had. */
        public void begin() {
            loop.execute(() -> {
                Client client = membership.client();
                RoomId room = membership.room().id();
                users.add(client);
                if (!isNew && !missed.complete()) {
                    client.send(client.door().encode(ServerFrame.of(room, RoomEvent.Reset.of(room, head))));
                }
                membership.begin(head, NOTHING_COUNTED, missed.messages());
            });
        }

        /** The connection is gone. Harmless when repeated. */
        public void close() {
            loop.execute(() -> users.remove(membership.client()));
            localRooms.leave(membership);
        }
    }

    /**
     * Completes when nothing that happens in the room from then on is missed. Fails with {@code room_not_found}, {@code banned}, {@code
     * not_a_member} and {@code redis_unavailable}, and then there is nothing to close.
     */
    public Uni<Reading> open(Reader reader, RoomId room, Optional<Since> since) {
        Client client = Client.reader(reader);
        return localRooms
                .enter(client, room)
                .chain(membership ->
                        reading(reader, membership, since).onFailure().invoke(() -> localRooms.leave(membership)));
    }

    /** The right is looked at when the room is heard already, so that a ban that comes between the two is not missed. */
    private Uni<Reading> reading(Reader reader, Membership membership, Optional<Since> since) {
        RoomId room = membership.room().id();
        return rooms.requireReader(reader.actor(), room)
                .chain(() -> log.find(room))
                .map(found -> found.orElseThrow(() -> Rooms.notFound(room)))
                .chain(head -> missed(room, since, head)
                        .map(missed -> new Reading(membership, head, missed, since.isEmpty())));
    }

    private Uni<CatchUp.Missed> missed(RoomId room, Optional<Since> since, RoomHead head) {
        return since.map(last -> catchUp.between(new Place(room, last.epoch().orElse(head.epoch()), last.seq()), head))
                .orElseGet(() -> Uni.createFrom().item(CatchUp.Missed.UNKNOWN));
    }
}
