package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What is said in rooms. */
@Singleton
class MessageCommands implements FeatureCommands {
    private final Messages messages;
    private final MembersOnly membersOnly;

    MessageCommands(Messages messages, MembersOnly membersOnly) {
        this.messages = messages;
        this.membersOnly = membersOnly;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Send.class, this::send);
    }

    private Uni<Answer> send(Client client, ClientCommand.Send send) {
        if (!client.memberships().containsKey(send.room())) {
            return membersOnly.refuse(client, send.room());
        }
        MessageDraft draft = new MessageDraft(
                send.room(), client.user(), send.id(), send.text(), send.data(), send.replyTo(), send.mentions());
        return messages.post(draft).map(MessageCommands::sent);
    }

    private static Answer sent(PostedMessage message) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("room", message.room().value());
        fields.put("seq", message.seq());
        fields.put("id", message.id().value());
        fields.put("at", message.at());
        return Answer.of(new ServerFrame.Done(fields));
    }
}
