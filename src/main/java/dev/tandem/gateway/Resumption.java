package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.id.RoomId;
import dev.tandem.room.Ticket;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings back a client that lost its connection, in two steps: first all that it missed is read, which decides whether it can come
 * back at all; then, once it has been sent that, it is brought into its rooms again, from where it stands by then.
 */
@Singleton
class Resumption {
    private final CatchUp catchUp;
    private final JoinRoom joinRoom;

    Resumption(CatchUp catchUp, JoinRoom joinRoom) {
        this.catchUp = catchUp;
        this.joinRoom = joinRoom;
    }

    /** All that happened after these places; empty if not all of it can be had. */
    Uni<Optional<List<ServerFrame.Event>>> missed(List<Place> places) {
        List<ServerFrame.Event> events = new ArrayList<>();
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUniAndConcatenate(
                        place -> catchUp.after(place).invoke(missed -> add(place, missed, events)))
                .collect()
                .asList()
                .map(all -> all.stream().allMatch(CatchUp.Missed::complete) ? Optional.of(events) : Optional.empty());
    }

    /**
     * Brings the client into the room. What it should have missed since and cannot get, and that the room is gone, it is told as
     * anybody else; fails if Redis cannot be asked.
     */
    Uni<Void> rejoin(Client client, Place place) {
        ClientCommand.Join join = ClientCommand.Join.after(place);
        return joinRoom.enter(client, join, Ticket.RETURN)
                .invoke(entered -> begin(client, entered))
                .replaceWithVoid()
                .onFailure(failure -> TandemException.of(failure).code() == ErrorCode.ROOM_NOT_FOUND)
                .recoverWithUni(gone ->
                        tell(client, place.room(), new RoomEvent.Deleted("{\"room\":\"" + place.room() + "\"}")))
                .onFailure(failure -> TandemException.of(failure).code() == ErrorCode.BANNED)
                .recoverWithUni(banned -> tell(
                        client,
                        place.room(),
                        RoomEvent.PutOut.banned(place.room(), client.user().id())));
    }

    private static void begin(Client client, JoinRoom.Entered entered) {
        RoomHead head = entered.joined().head();
        RoomId room = entered.membership().room().id();
        if (!entered.missed().complete()) {
            client.send(client.door().encode(ServerFrame.of(room, RoomEvent.Reset.of(room, head))));
        }
        entered.begin();
    }

    private static Uni<Void> tell(Client client, RoomId room, RoomEvent event) {
        client.send(client.door().encode(ServerFrame.of(room, event)));
        return Uni.createFrom().voidItem();
    }

    private static void add(Place place, CatchUp.Missed missed, List<ServerFrame.Event> events) {
        missed.messages().forEach(message -> events.add(ServerFrame.of(place.room(), message)));
    }
}
