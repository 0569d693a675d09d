package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.room.Actor;
import dev.tandem.room.Page;
import dev.tandem.room.Room;
import dev.tandem.room.RoomDraft;
import dev.tandem.room.Rooms;
import dev.tandem.room.Settings;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** What rooms there are, and what they are like. */
@Singleton
class RoomSettingsCommands implements FeatureCommands {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 1_000;

    private final Rooms rooms;
    private final Settings settings;
    private final ObjectMapper mapper;

    RoomSettingsCommands(Rooms rooms, Settings settings, ObjectMapper mapper) {
        this.rooms = rooms;
        this.settings = settings;
        this.mapper = mapper;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.ListRooms.class, Permission.READ, this::list);
        table.add(ClientCommand.LookAt.class, Permission.READ, this::lookAt);
        table.add(ClientCommand.Create.class, Permission.PUBLISH, this::create);
        table.add(ClientCommand.Update.class, Permission.KEEP_ORDER, this::update);
        table.add(ClientCommand.Delete.class, Permission.MODERATE, this::delete);
    }

    private Uni<Answer> list(Client client, ClientCommand.ListRooms list) {
        String cursor = list.cursor().map(RoomId::value).orElse(null);
        return rooms.list(cursor, requireLimit(list.limit())).map(this::answer);
    }

    /** How many rooms a page has; fails with {@code invalid_field}. */
    static int requireLimit(OptionalLong given) {
        long limit = given.orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MOST) {
            throw new TandemException(
                    ErrorCode.INVALID_FIELD, "'limit' must be a whole number from 1 to " + MOST + ".", "limit");
        }
        return (int) limit;
    }

    private Uni<Answer> lookAt(Client client, ClientCommand.LookAt look) {
        return rooms.view(client.actor(), look.room()).map(this::answer);
    }

    private Uni<Answer> create(Client client, ClientCommand.Create create) {
        RoomDraft draft = new RoomDraft(create.room(), settings.readNew(create.fields()));
        return rooms.create(client.actor(), draft).map(this::answer);
    }

    private Uni<Answer> update(Client client, ClientCommand.Update update) {
        Actor actor = client.actor();
        return rooms.update(actor, update.room(), version(update.version()), settings.read(update.fields()))
                .map(this::answer);
    }

    private Uni<Answer> delete(Client client, ClientCommand.Delete delete) {
        return rooms.delete(client.actor(), delete.room(), version(delete.version()))
                .map(done -> Answer.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("room", delete.room().value())));
    }

    private Answer answer(Room room) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("room", room.id().value());
        fields.set("details", mapper.valueToTree(room));
        return Answer.of(fields);
    }

    private Answer answer(Page<Room> page) {
        return Answer.of(mapper.<ObjectNode>valueToTree(page));
    }

    private static Optional<Long> version(OptionalLong given) {
        return given.isPresent() ? Optional.of(given.getAsLong()) : Optional.empty();
    }
}
