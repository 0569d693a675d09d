package dev.tandem.gateway;

import dev.tandem.error.Unattended;
import dev.tandem.id.ConnectionId;
import dev.tandem.id.UserId;
import dev.tandem.id.UserRef;
import dev.tandem.message.UserNotices;
import dev.tandem.user.Users;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which connections to this node are whose, and what is told to one user alone. From any thread. */
@Singleton
class LocalUsers {
    private final Users users;
    private final Map<UserId, Set<Client>> clients = new ConcurrentHashMap<>();

    LocalUsers(UserNotices notices, Users users) {
        this.users = users;
        notices.onEvent(this::tell);
        notices.onRead(this::tellOthers);
        notices.onPutOut(user -> each(user, client -> client.connection().putOut()));
    }

    void add(Client client) {
        clients.merge(client.user().id(), Set.of(client), LocalUsers::with);
    }

    /** Harmless when repeated. */
    void remove(Client client) {
        clients.computeIfPresent(client.user().id(), (id, all) -> without(all, client));
    }

    /**
     * One of the user's connections has been removed, and has left its rooms: with the last one that is not of a reader, the user was last
     * seen. Of users whom nobody knows, as guests without a session, nothing is noted.
     */
    void went(UserRef user) {
        if (clients.getOrDefault(user.id(), Set.of()).stream().noneMatch(Client::hasCommands)) {
            Unattended.run("note when a user was last seen", users.touch(user, Users.Naming.KNOWN_ONLY, Instant.EPOCH));
        }
    }

    /** Most users have one connection, for which a set of one does. */
    private static Set<Client> with(Set<Client> some, Set<Client> more) {
        Set<Client> all = some;
        if (some.size() == 1) {
            all = ConcurrentHashMap.newKeySet();
            all.addAll(some);
        }
        all.addAll(more);
        return all;
    }

    private static Set<Client> without(Set<Client> all, Client client) {
        if (all.size() == 1) {
            return all.contains(client) ? null : all;
        }
        all.remove(client);
        return all;
    }

    private void tell(UserId user, String json) {
        ServerFrame.Event event = ServerFrame.direct(json);
        each(user, client -> client.send(client.door().encode(event)));
    }

    /** But for the connection that knows. */
    private void tellOthers(UserId user, Optional<ConnectionId> by, String json) {
        ServerFrame.Event event = ServerFrame.read(json);
        each(user, client -> {
            if (by.filter(client.id()::equals).isEmpty()) {
                client.send(client.door().encode(event));
            }
        });
    }

    private void each(UserId user, Consumer<Client> what) {
        clients.getOrDefault(user, Set.of()).forEach(what);
    }
}
