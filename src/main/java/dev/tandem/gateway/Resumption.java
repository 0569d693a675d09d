package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.room.Moderation;
import dev.tandem.room.Ticket;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Brings back a client that lost its connection, in two steps: first all that it missed is read, which decides whether it can come
 * back at all; then, once it has been sent that, it is brought into its rooms again, from where it stands by then.
 */
@Singleton
class Resumption {
    /** Nothing is said of a room to who was put out of it. */
    private static final CatchUp.Missed OUT = new CatchUp.Missed(true, List.of());

    /** What a client is told of a room that it does not come back into. */
    private static final Map<ErrorCode, BiFunction<RoomId, UserId, RoomEvent>> LOST = Map.of(
            ErrorCode.ROOM_NOT_FOUND, (room, user) -> new RoomEvent.Deleted("{\"room\":\"" + room + "\"}"),
            ErrorCode.BANNED, (room, user) -> RoomEvent.PutOut.found(RoomEvent.PutOut.Why.BANNED, room, user),
            ErrorCode.NOT_A_MEMBER, (room, user) -> RoomEvent.PutOut.found(RoomEvent.PutOut.Why.KICKED, room, user));

    private final CatchUp catchUp;
    private final JoinRoom joinRoom;
    private final Moderation moderation;

    Resumption(CatchUp catchUp, JoinRoom joinRoom, Moderation moderation) {
        this.catchUp = catchUp;
        this.joinRoom = joinRoom;
        this.moderation = moderation;
    }

    /** All that happened after these places, but for rooms that the user was put out of; empty if not all of it can be had. */
    Uni<Optional<Gateway.Meanwhile>> missed(UserId user, List<Place> places) {
        List<ServerFrame.Event> events = new ArrayList<>();
        Set<RoomId> lost = new HashSet<>();
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUniAndConcatenate(place -> missed(user, place).invoke(missed -> {
                    if (missed == OUT) {
                        lost.add(place.room());
                    }
                    add(place, missed, events);
                }))
                .collect()
                .asList()
                .map(all -> all.stream().allMatch(CatchUp.Missed::complete)
                        ? Optional.of(new Gateway.Meanwhile(events, lost))
                        : Optional.empty());
    }

    private Uni<CatchUp.Missed> missed(UserId user, Place place) {
        return Uni.combine()
                .all()
                .unis(moderation.isPutOut(place.room(), user), catchUp.after(place))
                .with((out, missed) -> out ? OUT : missed);
    }

    /**
     * Brings the client into the room. What it should have missed since and cannot get, and that the room is gone, or the user put out
     * of it, it is told as anybody else; fails if Redis cannot be asked.
     */
    Uni<Void> rejoin(Client client, Place place) {
        ClientCommand.Join join = ClientCommand.Join.after(place);
        return joinRoom.enter(client, join, Ticket.RETURN)
                .invoke(entered -> begin(client, entered))
                .replaceWithVoid()
                .onFailure(
                        failure -> LOST.containsKey(TandemException.of(failure).code()))
                .recoverWithUni(failure -> lose(
                        client,
                        place.room(),
                        LOST.get(TandemException.of(failure).code())));
    }

    private static void begin(Client client, JoinRoom.Entered entered) {
        RoomHead head = entered.joined().head();
        RoomId room = entered.membership().room().id();
        if (!entered.missed().complete()) {
            client.send(client.door().encode(ServerFrame.of(room, RoomEvent.Reset.of(room, head))));
        }
        entered.begin();
    }

    private static Uni<Void> lose(Client client, RoomId room, BiFunction<RoomId, UserId, RoomEvent> event) {
        client.connection().onLeft(room);
        client.send(client.door()
                .encode(ServerFrame.of(room, event.apply(room, client.user().id()))));
        return Uni.createFrom().voidItem();
    }

    private static void add(Place place, CatchUp.Missed missed, List<ServerFrame.Event> events) {
        missed.messages().forEach(message -> events.add(ServerFrame.of(place.room(), message)));
    }
}
