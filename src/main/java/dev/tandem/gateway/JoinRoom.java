package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomHead;
import dev.tandem.presence.Joined;
import dev.tandem.presence.Presence;
import dev.tandem.room.Doorkeeper;
import dev.tandem.room.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Brings a client into a room: first the node listens, then the client is made present, then what it missed is read. So there is
 * no moment at which something could happen unheard, and the answer's number says from where on the client hears everything.
 */
@Singleton
class JoinRoom {
    private final LocalRooms rooms;
    private final Doorkeeper doorkeeper;
    private final Presence presence;
    private final CatchUp catchUp;
    private final GatewayConfig config;

    JoinRoom(LocalRooms rooms, Doorkeeper doorkeeper, Presence presence, CatchUp catchUp, GatewayConfig config) {
        this.rooms = rooms;
        this.doorkeeper = doorkeeper;
        this.presence = presence;
        this.catchUp = catchUp;
        this.config = config;
    }

    /** The client is in the room, and hears of it from {@link #begin} on. */
    record Entered(Membership membership, Joined joined, CatchUp.Missed missed) {
        /** Whoever was put out before that is told so after what they were told before, and is not in the room. */
        void begin() {
            membership.begin(joined.head(), missed.messages());
            if (membership.isOut()) {
                membership.client().left(membership.room().id());
            }
        }
    }

    /** As {@link #enter}; completes with the answer, after which the client hears what happens. */
    Uni<Answer> run(Client client, ClientCommand.Join command) {
        return doorkeeper
                .ticket(command.room(), client.user(), command.password(), command.invitation())
                .chain(ticket -> enter(client, command, ticket))
                .map(JoinRoom::answer);
    }

    /**
     * Fails with {@code already_joined}, {@code room_not_found}, {@code overloaded}, and as {@link Presence#join} does; the client is
     * then not in the room.
     */
    Uni<Entered> enter(Client client, ClientCommand.Join command, Ticket ticket) {
        if (client.memberships().containsKey(command.room())) {
            return refuse(ErrorCode.ALREADY_JOINED, "This connection is in '" + command.room() + "' already.");
        } else if (client.memberships().size() >= config.maxRooms()) {
            return refuse(ErrorCode.OVERLOADED, "A connection can be in at most " + config.maxRooms() + " rooms.");
        }
        return rooms.enter(client, command.room())
                .chain(membership ->
                        enter(client, command, ticket, membership).onFailure().invoke(() -> rooms.leave(membership)));
    }

    private Uni<Entered> enter(Client client, ClientCommand.Join command, Ticket ticket, Membership membership) {
        return presence.join(membership.room().id(), client.id(), client.user(), client.status(), ticket)
                .chain(joined -> missed(command, joined.head())
                        .onFailure()
                        .call(() -> undo(client, command))
                        .invoke(missed -> client.joined(membership))
                        .map(missed -> new Entered(membership, joined, missed)));
    }

    /** Whether this succeeds or not, the client is told why the join failed; presence then mends itself. */
    private Uni<Void> undo(Client client, ClientCommand.Join command) {
        return presence.drop(command.room(), client.id()).onFailure().recoverWithNull();
    }

    private Uni<CatchUp.Missed> missed(ClientCommand.Join command, RoomHead head) {
        if (command.since().isEmpty()) {
            return Uni.createFrom().item(CatchUp.Missed.UNKNOWN);
        }
        String epoch = command.epoch().orElse(head.epoch());
        return catchUp.between(new Place(command.room(), epoch, command.since().getAsLong()), head);
    }

    private static Answer answer(Entered entered) {
        RoomHead head = entered.joined().head();
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("room", entered.membership().room().id().value());
        fields.put("seq", head.seq());
        fields.put("epoch", head.epoch());
        fields.put("members", entered.joined().members());
        fields.put("recovered", entered.missed().complete());
        return new Answer(new ServerFrame.Done(fields), entered::begin);
    }

    private static Uni<Entered> refuse(ErrorCode code, String why) {
        return Uni.createFrom().failure(new TandemException(code, why, "room"));
    }
}
