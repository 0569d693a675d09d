package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.presence.Presence;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Being in rooms. */
@Singleton
class RoomCommands implements FeatureCommands {
    private final JoinRoom joinRoom;
    private final LocalRooms localRooms;
    private final Presence presence;
    private final MembersOnly membersOnly;

    RoomCommands(JoinRoom joinRoom, LocalRooms localRooms, Presence presence, MembersOnly membersOnly) {
        this.joinRoom = joinRoom;
        this.localRooms = localRooms;
        this.presence = presence;
        this.membersOnly = membersOnly;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Join.class, Permission.READ, joinRoom::run);
        table.add(ClientCommand.Leave.class, Permission.READ, this::leave);
    }

    private Uni<Answer> leave(Client client, ClientCommand.Leave leave) {
        Membership membership = client.memberships().get(leave.room());
        if (membership == null) {
            return membersOnly.refuse(client, leave.room());
        }
        return presence.leave(leave.room(), client.id()).map(left -> {
            client.left(leave.room());
            localRooms.leave(membership);
            return Answer.of(new ServerFrame.Done(JsonNodeFactory.instance
                    .objectNode()
                    .put("room", leave.room().value())));
        });
    }
}
