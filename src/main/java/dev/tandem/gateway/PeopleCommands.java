package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.presence.Presence;
import dev.tandem.presence.Status;
import dev.tandem.presence.Typing;
import dev.tandem.room.Rooms;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What people in rooms let each other know of themselves. */
@Singleton
class PeopleCommands implements FeatureCommands {
    private static final int MOST = 1_000;

    private final Typing typing;
    private final Presence presence;
    private final Rooms rooms;
    private final ObjectMapper mapper;
    private final MembersOnly membersOnly;

    PeopleCommands(Typing typing, Presence presence, Rooms rooms, ObjectMapper mapper, MembersOnly membersOnly) {
        this.typing = typing;
        this.presence = presence;
        this.rooms = rooms;
        this.mapper = mapper;
        this.membersOnly = membersOnly;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Type.class, Permission.PUBLISH, this::type);
        table.add(ClientCommand.SetStatus.class, Permission.PUBLISH, this::setStatus);
        table.add(ClientCommand.ListMembers.class, Permission.READ, this::members);
    }

    /** Of many who say the same within a second, one is told; typing ends by itself, when the client is gone too. */
    private Uni<Answer> type(Client client, ClientCommand.Type type) {
        RoomId room = type.room();
        if (!client.memberships().containsKey(room)) {
            return membersOnly.refuse(client, room);
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

    /** In all rooms of the connection at once. */
    private Uni<Answer> setStatus(Client client, ClientCommand.SetStatus set) {
        Status status = set.status();
        client.set(status);
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("status", status.status());
        if (!status.text().isEmpty()) {
            fields.put("text", status.text());
        }
        return Multi.createFrom()
                .iterable(client.memberships().keySet())
                .onItem()
                .transformToUniAndMerge(room -> presence.set(room, client.id(), status))
                .collect()
                .asList()
                .map(done -> Answer.of(fields));
    }

    private Uni<Answer> members(Client client, ClientCommand.ListMembers list) {
        long limit = list.limit().orElse(MOST);
        if (limit < 1 || limit > MOST) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'limit' must be a whole number from 1 to " + MOST + ".", "limit");
        }
        return rooms.requireReader(client.actor(), list.room())
                .chain(() -> presence.members(list.room(), (int) limit, list.cursor()))
                .map(members -> {
                    ObjectNode fields = JsonNodeFactory.instance
                            .objectNode()
                            .put("room", list.room().value());
                    return Answer.of(fields.<ObjectNode>setAll(mapper.<ObjectNode>valueToTree(members)));
                });
    }

    private static Answer done(RoomId room) {
        return Answer.of(JsonNodeFactory.instance.objectNode().put("room", room.value()));
    }
}
