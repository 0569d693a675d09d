package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomLog;
import dev.tandem.presence.Joined;
import dev.tandem.presence.Presence;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Brings a client into a room: first the node listens, then the client is made present, then what it missed is read. So there is
 * no moment at which something could happen unheard, and the answer's number says from where on the client hears everything.
 */
@Singleton
class JoinRoom {
    /** More than this is not sent after: the client is told that its past cannot be recovered, and reads the history. */
    private static final int MOST_BYTES = 2_000_000;

    private static final int MOST_MESSAGES = 5_000;

    private final LocalRooms rooms;
    private final Presence presence;
    private final RoomLog log;
    private final GatewayConfig config;

    JoinRoom(LocalRooms rooms, Presence presence, RoomLog log, GatewayConfig config) {
        this.rooms = rooms;
        this.presence = presence;
        this.log = log;
        this.config = config;
    }

    /** What the client missed, and whether that is all of it. */
    private record Recovery(boolean complete, List<RoomEvent.Posted> missed) {
        static final Recovery NONE = new Recovery(false, List.of());
    }

    /** Fails with {@code already_joined}, {@code room_not_found}, {@code overloaded}; the client is then not in the room. */
    Uni<Answer> run(Client client, ClientCommand.Join command) {
        if (client.memberships().containsKey(command.room())) {
            return refuse(ErrorCode.ALREADY_JOINED, "This connection is in '" + command.room() + "' already.");
        } else if (client.memberships().size() >= config.maxRooms()) {
            return refuse(ErrorCode.OVERLOADED, "A connection can be in at most " + config.maxRooms() + " rooms.");
        }
        return rooms.enter(client, command.room())
                .chain(membership ->
                        enter(client, command, membership).onFailure().invoke(() -> rooms.leave(membership)));
    }

    private Uni<Answer> enter(Client client, ClientCommand.Join command, Membership membership) {
        return presence.join(command.room(), client.id(), client.user())
                .chain(joined -> recover(command, joined.head())
                        .onFailure()
                        .call(() -> undo(client, command))
                        .map(recovery -> answer(client, membership, joined, recovery)));
    }

    /** Whether this succeeds or not, the client is told why the join failed; presence then mends itself. */
    private Uni<Void> undo(Client client, ClientCommand.Join command) {
        return presence.drop(command.room(), client.id()).onFailure().recoverWithNull();
    }

    private Uni<Recovery> recover(ClientCommand.Join command, RoomHead head) {
        long since = command.since().orElse(Long.MAX_VALUE);
        boolean samePast = command.epoch().map(head.epoch()::equals).orElse(true);
        if (!samePast || since > head.seq()) {
            return Uni.createFrom().item(Recovery.NONE);
        }
        return log.range(command.room(), head.epoch(), since + 1, head.seq(), MOST_MESSAGES)
                .map(missed -> recovery(missed, head.seq() - since));
    }

    private static Recovery recovery(List<RoomEvent.Posted> missed, long expected) {
        long bytes =
                missed.stream().mapToLong(message -> message.json().length()).sum();
        return missed.size() == expected && bytes <= MOST_BYTES ? new Recovery(true, missed) : Recovery.NONE;
    }

    private static Answer answer(Client client, Membership membership, Joined joined, Recovery recovery) {
        client.joined(membership);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("room", membership.room().id().value());
        fields.put("seq", joined.head().seq());
        fields.put("epoch", joined.head().epoch());
        fields.put("members", joined.members());
        fields.put("recovered", recovery.complete());
        return new Answer(new ServerFrame.Done(fields), () -> membership.begin(joined.head(), recovery.missed()));
    }

    private static Uni<Answer> refuse(ErrorCode code, String why) {
        return Uni.createFrom().failure(new TandemException(code, why, "room"));
    }
}
