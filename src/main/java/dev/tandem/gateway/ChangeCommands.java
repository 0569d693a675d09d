package dev.tandem.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.RoomId;
import dev.tandem.message.Changes;
import dev.tandem.message.Edits;
import dev.tandem.message.Reaction;
import dev.tandem.message.Reactions;
import dev.tandem.message.ReadMarkers;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What is done with messages once they are there. A connection need not be in the room for that; its user must have access to it. */
@Singleton
class ChangeCommands implements FeatureCommands {
    private final Edits edits;
    private final Reactions reactions;
    private final ReadMarkers markers;
    private final ObjectMapper mapper;

    ChangeCommands(Edits edits, Reactions reactions, ReadMarkers markers, ObjectMapper mapper) {
        this.edits = edits;
        this.reactions = reactions;
        this.markers = markers;
        this.mapper = mapper;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Edit.class, Permission.PUBLISH, this::edit);
        table.add(ClientCommand.Remove.class, Permission.KEEP_ORDER, this::remove);
        table.add(ClientCommand.ListChanges.class, Permission.READ, this::listChanges);
        table.add(ClientCommand.React.class, Permission.PUBLISH, this::react);
        table.add(ClientCommand.ListReactions.class, Permission.READ, this::listReactions);
        table.add(ClientCommand.Read.class, Permission.PUBLISH, this::read);
        table.add(ClientCommand.ListUnread.class, Permission.READ, this::listUnread);
    }

    private Uni<Answer> edit(Client client, ClientCommand.Edit edit) {
        return edits.edit(client.actor(), edit.room(), edit.seq(), edit.text(), edit.data())
                .map(message -> Answer.of((ObjectNode) json(message)));
    }

    private Uni<Answer> remove(Client client, ClientCommand.Remove remove) {
        return edits.remove(client.actor(), remove.room(), remove.seq())
                .map(message -> Answer.of((ObjectNode) json(message)));
    }

    private Uni<Answer> listChanges(Client client, ClientCommand.ListChanges list) {
        return edits.since(client.actor(), list.room(), list.since().orElse(0), list.epoch())
                .map(changes -> changes(list.room(), changes));
    }

    private Uni<Answer> react(Client client, ClientCommand.React react) {
        return reactions
                .react(client.actor(), react.room(), react.seq(), react.emoji(), react.on())
                .map(done -> reaction(react, done));
    }

    private Uni<Answer> listReactions(Client client, ClientCommand.ListReactions list) {
        return reactions.to(client.actor(), list.room(), list.seq()).map(found -> {
            ObjectNode fields = about(list.room(), list.seq());
            fields.set("reactions", mapper.valueToTree(found));
            return Answer.of(fields);
        });
    }

    private Uni<Answer> read(Client client, ClientCommand.Read read) {
        return markers.mark(client.actor(), read.room(), read.seq(), Optional.of(client.id()))
                .map(marker -> Answer.of(about(marker.room(), marker.seq())));
    }

    private Uni<Answer> listUnread(Client client, ClientCommand.ListUnread list) {
        return markers.unread(client.user()).map(found -> {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            fields.set("items", mapper.valueToTree(found));
            return Answer.of(fields);
        });
    }

    private Answer changes(RoomId room, Changes changes) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("room", room.value());
        fields.put("changes", changes.last()).put("complete", changes.isComplete());
        ArrayNode items = fields.putArray("items");
        changes.messages().forEach(message -> items.add(json(message)));
        return Answer.of(fields);
    }

    private JsonNode json(String message) {
        try {
            return mapper.readTree(message);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    private static Answer reaction(ClientCommand.React react, Reaction done) {
        return Answer.of(about(react.room(), react.seq())
                .put("emoji", done.emoji())
                .put("count", done.count())
                .put("mine", done.mine()));
    }

    private static ObjectNode about(RoomId room, long seq) {
        return JsonNodeFactory.instance.objectNode().put("room", room.value()).put("seq", seq);
    }
}
