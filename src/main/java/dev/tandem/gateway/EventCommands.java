package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.message.Publications;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Events that applications make up. */
@Singleton
class EventCommands implements FeatureCommands {
    private final Publications publications;
    private final MembersOnly membersOnly;

    EventCommands(Publications publications, MembersOnly membersOnly) {
        this.publications = publications;
        this.membersOnly = membersOnly;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Publish.class, Permission.PUBLISH, this::publish);
    }

    private Uni<Answer> publish(Client client, ClientCommand.Publish publish) {
        if (!client.memberships().containsKey(publish.room())) {
            return membersOnly.refuse(client, publish.room());
        }
        return publications
                .publish(
                        publish.room(),
                        client.user(),
                        publish.name(),
                        publish.data(),
                        client.caller().isOperator())
                .map(at -> Answer.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("room", publish.room().value())
                        .put("name", publish.name().value())
                        .put("at", at)));
    }
}
