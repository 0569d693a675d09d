package dev.tandem.gateway;

import dev.tandem.id.ConnectionId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.outbound.Frame;
import dev.tandem.room.Actor;
import io.vertx.core.Context;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** One live connection, whatever door it came through: who it is, the rooms it is in, and how to reach it. */
public final class Client {
    private final ConnectionId id = ConnectionId.random();
    private final UserRef user;
    private final Door door;
    private final Connection connection;
    private final CommandQueue commands;
    private final Context context;
    private final Map<RoomId, Membership> memberships = new ConcurrentHashMap<>();
    private final Trail trail = new Trail();

    Client(UserRef user, Door door, Context context, Connection connection, int maxPendingCommands) {
        this.user = user;
        this.door = door;
        this.context = context;
        this.connection = connection;
        this.commands = new CommandQueue(context, maxPendingCommands);
    }

    ConnectionId id() {
        return id;
    }

    UserRef user() {
        return user;
    }

    /** Who it is to the rooms. */
    Actor actor() {
        return Actor.of(user);
    }

    Door door() {
        return door;
    }

    Context context() {
        return context;
    }

    CommandQueue commands() {
        return commands;
    }

    /** The rooms that it is in; changed by {@link #joined} and {@link #left} alone. */
    Map<RoomId, Membership> memberships() {
        return Collections.unmodifiableMap(memberships);
    }

    void joined(Membership membership) {
        RoomId room = membership.room().id();
        memberships.put(room, membership);
        trail.onRooms(memberships.size());
        connection.onJoined(room);
    }

    void left(RoomId room) {
        memberships.remove(room);
        trail.onRooms(memberships.size());
        connection.onLeft(room);
    }

    /** On the pair's event loop. */
    void onTold(SharedEvent shared) {
        if (shared.place() != null && door.recovers()) {
            trail.add(shared.place());
        }
    }

    /** Where the client stands now. On the pair's event loop. */
    Suspension suspension() {
        List<Suspension.Stay> stays = memberships.values().stream()
                .map(Membership::stay)
                .filter(Objects::nonNull)
                .toList();
        return new Suspension(user, stays, trail.steps(), trail.isCut());
    }

    /** From any thread; returns at once. */
    void send(Frame frame) {
        connection.send(frame);
    }
}
