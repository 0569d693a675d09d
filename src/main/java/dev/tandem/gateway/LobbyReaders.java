package dev.tandem.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.redis.RedisLoop;
import dev.tandem.room.Page;
import dev.tandem.room.Room;
import dev.tandem.room.Rooms;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Lets connections watch the public rooms that give no commands. From any thread. */
@Singleton
public class LobbyReaders {
    private final LocalLobby lobby;
    private final LocalUsers users;
    private final Rooms rooms;
    private final ObjectMapper mapper;
    private final RedisLoop loop;

    LobbyReaders(LocalLobby lobby, LocalUsers users, Rooms rooms, ObjectMapper mapper, RedisLoop loop) {
        this.lobby = lobby;
        this.users = users;
        this.rooms = rooms;
        this.mapper = mapper;
        this.loop = loop;
    }

    /** A reader that has been told nothing yet; it must be closed. */
    public final class Reading {
        private final Watcher watcher;
        private final Page<Room> first;

        private Reading(Watcher watcher, Page<Room> first) {
            this.watcher = watcher;
            this.first = first;
        }

        /** The reader is told the first page of the list, and from now on what becomes of public rooms. */
        public void begin() {
            loop.execute(() -> {
                Client client = watcher.client();
                users.add(client);
                client.send(client.door().encode(ServerFrame.rooms(mapper.<ObjectNode>valueToTree(first))));
                lobby.begin(watcher);
            });
        }

        /** The connection is gone. Harmless when repeated. */
        public void close() {
            loop.execute(() -> users.remove(watcher.client()));
            lobby.leave(watcher);
        }
    }

    /**
     * Completes when nothing that becomes of public rooms from then on is missed. Fails with {@code redis_unavailable}, and then there is
     * nothing to close.
     */
    public Uni<Reading> open(RoomReaders.Reader reader, int limit) {
        Client client = Client.reader(reader);
        return lobby.enter(client)
                .chain(watcher -> rooms.list(null, limit)
                        .map(first -> new Reading(watcher, first))
                        .onFailure()
                        .invoke(() -> lobby.leave(watcher)));
    }
}
