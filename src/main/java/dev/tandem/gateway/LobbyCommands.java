package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.room.Page;
import dev.tandem.room.Room;
import dev.tandem.room.Rooms;
import dev.tandem.session.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Watching which public rooms there are. */
@Singleton
class LobbyCommands implements FeatureCommands {
    private final LocalLobby lobby;
    private final Rooms rooms;
    private final ObjectMapper mapper;

    LobbyCommands(LocalLobby lobby, Rooms rooms, ObjectMapper mapper) {
        this.lobby = lobby;
        this.rooms = rooms;
        this.mapper = mapper;
    }

    @Override
    public void enlist(CommandTable table) {
        table.add(ClientCommand.Watch.class, Permission.READ, this::watch);
        table.add(ClientCommand.Unwatch.class, Permission.READ, this::unwatch);
    }

    /** First the node listens, then the list is read: so nothing is lost between the two. Who did watch and cannot anew does not. */
    private Uni<Answer> watch(Client client, ClientCommand.Watch watch) {
        int limit = RoomSettingsCommands.requireLimit(watch.limit());
        return lobby.enter(client)
                .chain(watcher -> rooms.list(null, limit)
                        .map(page -> answer(watcher, page))
                        .onFailure()
                        .invoke(() -> lobby.leave(watcher)));
    }

    private Uni<Answer> unwatch(Client client, ClientCommand.Unwatch unwatch) {
        lobby.leave(client);
        return Uni.createFrom().item(Answer.of(JsonNodeFactory.instance.objectNode()));
    }

    private Answer answer(Watcher watcher, Page<Room> page) {
        ServerFrame.Done done = new ServerFrame.Done(mapper.<ObjectNode>valueToTree(page));
        return new Answer(done, () -> lobby.begin(watcher));
    }
}
