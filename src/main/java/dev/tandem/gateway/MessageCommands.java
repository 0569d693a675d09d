package dev.tandem.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
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
        table.addHot(ClientCommand.Send.class, Permission.PUBLISH, this::send);
    }

    private Future<Answer> send(Client client, ClientCommand.Send send) {
        if (!client.memberships().containsKey(send.room())) {
            return UniHelper.toFuture(membersOnly.refuse(client, send.room()));
        }
        MessageDraft draft = new MessageDraft(
                send.room(), client.user(), send.id(), send.text(), send.data(), send.replyTo(), send.mentions());
        return messages.send(draft, client.caller().isOperator()).map(MessageCommands::sent);
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
