package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.room.Moderation;
import dev.tandem.room.Restriction;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** Keeping order in rooms. */
@Singleton
class ModerationCommands implements FeatureCommands {
    private final Moderation moderation;
    private final ObjectMapper mapper;

    ModerationCommands(Moderation moderation, ObjectMapper mapper) {
        this.moderation = moderation;
        this.mapper = mapper;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.GiveRole.class, Permission.KEEP_ORDER, this::giveRole);
        table.add(ClientCommand.ListRoles.class, Permission.READ, this::listRoles);
        table.add(ClientCommand.Kick.class, Permission.KEEP_ORDER, this::kick);
        table.add(ClientCommand.Ban.class, Permission.KEEP_ORDER, this::ban);
        table.add(ClientCommand.Unban.class, Permission.KEEP_ORDER, this::unban);
        table.add(ClientCommand.ListBans.class, Permission.READ, this::listBans);
        table.add(ClientCommand.Mute.class, Permission.KEEP_ORDER, this::mute);
        table.add(ClientCommand.Unmute.class, Permission.KEEP_ORDER, this::unmute);
        table.add(ClientCommand.ListMutes.class, Permission.READ, this::listMutes);
        table.add(ClientCommand.Invite.class, Permission.KEEP_ORDER, this::invite);
        table.add(ClientCommand.RevokeInvitations.class, Permission.KEEP_ORDER, this::revokeInvitations);
    }

    private Uni<Answer> giveRole(Client client, ClientCommand.GiveRole give) {
        return moderation
                .give(client.actor(), give.room(), give.user(), give.role())
                .map(done -> Answer.of(
                        about(give.room(), give.user()).put("role", give.role().wireName())));
    }

    private Uni<Answer> listRoles(Client client, ClientCommand.ListRoles list) {
        return moderation.roles(client.actor(), list.room()).map(roles -> items(list.room(), roles));
    }

    private Uni<Answer> kick(Client client, ClientCommand.Kick kick) {
        return moderation
                .kick(client.actor(), kick.room(), kick.user(), kick.reason())
                .map(connections -> Answer.of(about(kick.room(), kick.user()).put("connections", connections)));
    }

    private Uni<Answer> ban(Client client, ClientCommand.Ban ban) {
        return moderation
                .ban(client.actor(), ban.room(), ban.user(), ban.seconds(), ban.reason())
                .map(done -> answer(ban.room(), done));
    }

    private Uni<Answer> unban(Client client, ClientCommand.Unban unban) {
        return moderation
                .unban(client.actor(), unban.room(), unban.user())
                .map(done -> Answer.of(about(unban.room(), unban.user())));
    }

    private Uni<Answer> listBans(Client client, ClientCommand.ListBans list) {
        return moderation.bans(client.actor(), list.room()).map(bans -> items(list.room(), bans));
    }

    private Uni<Answer> mute(Client client, ClientCommand.Mute mute) {
        return moderation
                .mute(client.actor(), mute.room(), mute.user(), mute.seconds(), mute.reason())
                .map(done -> answer(mute.room(), done));
    }

    private Uni<Answer> unmute(Client client, ClientCommand.Unmute unmute) {
        return moderation
                .unmute(client.actor(), unmute.room(), unmute.user())
                .map(done -> Answer.of(about(unmute.room(), unmute.user())));
    }

    private Uni<Answer> listMutes(Client client, ClientCommand.ListMutes list) {
        return moderation.mutes(client.actor(), list.room()).map(mutes -> items(list.room(), mutes));
    }

    private Uni<Answer> invite(Client client, ClientCommand.Invite invite) {
        return moderation
                .invite(client.actor(), invite.room(), invite.uses(), invite.expires())
                .map(made -> Answer.of(mapper.<ObjectNode>valueToTree(made)));
    }

    private Uni<Answer> revokeInvitations(Client client, ClientCommand.RevokeInvitations revoke) {
        return moderation
                .revokeInvitations(client.actor(), revoke.room())
                .map(done -> Answer.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("room", revoke.room().value())));
    }

    private Answer items(RoomId room, List<?> items) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("room", room.value());
        fields.set("items", mapper.valueToTree(items));
        return Answer.of(fields);
    }

    private static Answer answer(RoomId room, Restriction done) {
        ObjectNode fields = about(room, done.user());
        if (done.until() != null) {
            fields.put("until", done.until().toString());
        }
        return Answer.of(fields);
    }

    private static ObjectNode about(RoomId room, UserId user) {
        return JsonNodeFactory.instance.objectNode().put("room", room.value()).put("user", user.value());
    }
}
