package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomEvent.Told;
import dev.tandem.event.RoomHead;
import dev.tandem.id.RoomId;
import dev.tandem.message.Changes;
import dev.tandem.message.Edits;
import dev.tandem.presence.Joined;
import dev.tandem.presence.Presence;
import dev.tandem.room.Doorkeeper;
import dev.tandem.room.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final Edits edits;
    private final GatewayConfig config;

    JoinRoom(
            LocalRooms rooms,
            Doorkeeper doorkeeper,
            Presence presence,
            CatchUp catchUp,
            Edits edits,
            GatewayConfig config) {
        this.rooms = rooms;
        this.doorkeeper = doorkeeper;
        this.presence = presence;
        this.catchUp = catchUp;
        this.edits = edits;
        this.config = config;
    }

    /** The client is in the room, and hears of it from {@link #begin} on; {@code changes} is empty if it did not ask for what it missed. */
    record Entered(Membership membership, Joined joined, CatchUp.Missed missed, Optional<Changes> changes) {
        /** Whoever was put out before that is told so after what they were told before, and is not in the room. */
        void begin() {
            changes.ifPresent(this::tell);
            membership.begin(joined.head(), joined.version(), missed.messages());
            if (membership.isOut()) {
                membership.client().left(membership.room().id());
            }
        }

        /** But for messages that it missed altogether, which it is told as they are now. */
        private void tell(Changes changes) {
            RoomId room = membership.room().id();
            Client client = membership.client();
            Set<String> told =
                    missed.messages().stream().map(RoomEvent.Posted::json).collect(Collectors.toSet());
            changes.messages().stream()
                    .filter(message -> !told.contains(message))
                    .forEach(message -> client.send(client.door().encode(ServerFrame.of(room, changed(message)))));
        }

        private static Told changed(String message) {
            return new Told(Changes.isTombstone(message) ? Told.Kind.REMOVED : Told.Kind.EDITED, message);
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
                .chain(joined -> Uni.combine()
                        .all()
                        .unis(missed(command, joined.head()), changes(client, command))
                        .with((missed, changes) -> new Entered(membership, joined, missed, changes))
                        .onFailure()
                        .call(() -> undo(client, command))
                        .invoke(entered -> client.joined(membership)));
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

    private Uni<Optional<Changes>> changes(Client client, ClientCommand.Join command) {
        return command.changesSince().isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : edits.since(
                                client.actor(),
                                command.room(),
                                command.changesSince().getAsLong(),
                                command.epoch())
                        .map(Optional::of);
    }

    private static Answer answer(Entered entered) {
        RoomHead head = entered.joined().head();
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("room", entered.membership().room().id().value());
        fields.put("seq", head.seq());
        fields.put("epoch", head.epoch());
        fields.put("members", entered.joined().members());
        fields.put("recovered", entered.missed().complete());
        fields.put(
                "changes",
                entered.changes().map(Changes::last).orElse(entered.joined().changes()));
        entered.changes().ifPresent(changes -> fields.put("changesRecovered", changes.isComplete()));
        return new Answer(new ServerFrame.Done(fields), entered::begin);
    }

    private static Uni<Entered> refuse(ErrorCode code, String why) {
        return Uni.createFrom().failure(new TandemException(code, why, "room"));
    }
}
