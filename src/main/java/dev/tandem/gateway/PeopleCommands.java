package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.id.RoomId;
import dev.tandem.presence.Typing;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What people in rooms let each other know of themselves. */
@Singleton
class PeopleCommands implements FeatureCommands {
    private final Typing typing;
    private final MembersOnly membersOnly;

    PeopleCommands(Typing typing, MembersOnly membersOnly) {
        this.typing = typing;
        this.membersOnly = membersOnly;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Type.class, this::type);
    }

    /** Of many who say the same within a second, one is told; typing ends by itself, when the client is gone too. */
    private Uni<Answer> type(Client client, ClientCommand.Type type) {
        RoomId room = type.room();
        if (!client.memberships().containsKey(room)) {
            return membersOnly.refuse(room);
        }
        long now = System.nanoTime();
        if (client.typing().isKnown(room, type.on(), now)) {
            return Uni.createFrom().item(done(room));
        }
        return typing.tell(room, client.user(), type.on())
                .invoke(() -> client.typing()
                        .told(room, type.on(), now, client.memberships().keySet()))
                .map(told -> done(room));
    }

    private static Answer done(RoomId room) {
        return Answer.of(JsonNodeFactory.instance.objectNode().put("room", room.value()));
    }
}
