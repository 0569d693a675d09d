package dev.tandem.gateway;

import dev.tandem.id.ConnectionId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.outbound.Frame;
import dev.tandem.presence.Status;
import dev.tandem.room.Actor;
import dev.tandem.session.Caller;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One live connection, whatever door it came through: who it is, the rooms it is in, and how to reach it. */
public final class Client {
    /** A client is not asked whether it got what came before. */
    private static final int MOST_LEFT = 16;

    private final ConnectionId id = ConnectionId.random();
    private final Caller caller;
    private final Door door;
    private final Connection connection;
    /** Null of a reader. */
    private final CommandQueue commands;

    private final Context context;
    /** Null until it types. */
    private TypingPace typing;
    /** Null until it says something. */
    private Sending sending;

    private volatile Status status = Status.ONLINE;
    /** Replaced when they change. */
    private volatile Map<RoomId, Membership> memberships = Map.of();

    /** Where the client stood last in rooms that it has left. Replaced when they change. */
    private List<Trail.Step> left = List.of();

    /** With the queue of its commands. */
    Client(Caller caller, Door door, Context context, Connection connection, CommandQueue commands) {
        this.caller = caller;
        this.door = door;
        this.context = context;
        this.connection = connection;
        this.commands = commands;
    }

    /** One who reads, and has nothing to say. */
    static Client reader(RoomReaders.Reader reader) {
        return new Client(reader.caller(), reader.door(), reader.context(), reader.connection(), null);
    }

    ConnectionId id() {
        return id;
    }

    /** By what proof it came. */
    Caller caller() {
        return caller;
    }

    UserRef user() {
        return caller.user();
    }

    /** Who it is to the rooms. */
    Actor actor() {
        return Actor.of(caller.user(), caller.isOperator());
    }

    Door door() {
        return door;
    }

    Context context() {
        return context;
    }

    boolean hasCommands() {
        return commands != null;
    }

    CommandQueue commands() {
        return commands;
    }

    /** Touched by its commands, one after another. */
    TypingPace typing() {
        if (typing == null) {
            typing = new TypingPace();
        }
        return typing;
    }

    /** Touched by its commands. */
    Sending sending() {
        if (sending == null) {
            sending = new Sending();
        }
        return sending;
    }

    /** How present its user says to be by it; with it, it goes. */
    Status status() {
        return status;
    }

    void set(Status other) {
        status = other;
    }

    /** The rooms that it is in; changed by {@link #joined} and {@link #left} alone. */
    Map<RoomId, Membership> memberships() {
        return memberships;
    }

    synchronized void joined(Membership membership) {
        RoomId room = membership.room().id();
        Map<RoomId, Membership> more = new HashMap<>(memberships);
        more.put(room, membership);
        memberships = Map.copyOf(more);
        connection.onJoined(room);
    }

    synchronized void left(RoomId room) {
        Map<RoomId, Membership> fewer = new HashMap<>(memberships);
        fewer.remove(room);
        memberships = Map.copyOf(fewer);
        connection.onLeft(room);
    }

    /** The last that the client was told in a room that it has left. On the pair's event loop. */
    void onLeft(Trail.Step last) {
        List<Trail.Step> more = new ArrayList<>(left);
        if (more.size() == MOST_LEFT) {
            more.remove(0);
        }
        more.add(last);
        left = List.copyOf(more);
    }

    /** Where the client stands now, which watches the public rooms or does not. On the pair's event loop. */
    Suspension suspension(boolean watches) {
        List<Suspension.Stay> stays = memberships.values().stream()
                .map(Membership::stay)
                .filter(Objects::nonNull)
                .toList();
        Trail trail = new Trail();
        if (memberships.size() + left.size() > 1) {
            left.forEach(trail::add);
            memberships.values().forEach(membership -> membership.retrace(trail));
        }
        return new Suspension(caller.proof(), status, watches, stays, trail.places(), trail.isCut());
    }

    Connection connection() {
        return connection;
    }

    /** From any thread; returns at once. */
    void send(Frame frame) {
        connection.send(frame);
    }
}
