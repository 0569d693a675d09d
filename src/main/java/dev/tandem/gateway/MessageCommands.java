package dev.tandem.gateway;

import dev.tandem.gateway.CommandQueue.Lane;
import dev.tandem.id.MessageId;
import dev.tandem.message.MessageDraft;
import dev.tandem.message.Messages;
import dev.tandem.message.PostedMessage;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;

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
        Lane lane = messages.keepOthersWaiting() ? Lane.ALONE : Lane.TOGETHER;
        table.addHot(ClientCommand.Send.class, Permission.PUBLISH, lane, this::send);
    }

    private Future<Answer> send(Client client, ClientCommand.Send send) {
        if (!client.memberships().containsKey(send.room())) {
            return UniHelper.toFuture(membersOnly.refuse(client, send.room()));
        }
        MessageId id = send.id().orElseGet(MessageId::random);
        MessageDraft draft = new MessageDraft(
                send.room(), client.user(), Optional.of(id), send.text(), send.data(), send.replyTo(), send.mentions());
        Sending sending = client.sending();
        Future<PostedMessage> posted = messages.send(draft, client.caller().isOperator(), sending.lastTo(send.room()));
        sending.add(send.room(), id, posted);
        return posted.map(MessageCommands::sent);
    }

    private static Answer sent(PostedMessage message) {
        return Answer.of(
                new ServerFrame.Done(answer -> answer.put("room", message.room().value())
                        .put("seq", message.seq())
                        .put("id", message.id().value())
                        .put("at", message.at())));
    }
}
