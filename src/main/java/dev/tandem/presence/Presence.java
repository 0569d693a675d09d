package dev.tandem.presence;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import dev.tandem.event.Lobby;
import dev.tandem.id.ConnectionId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserRef;
import dev.tandem.redis.LinkTransition;
import dev.tandem.redis.Role;
import dev.tandem.room.Refusals;
import dev.tandem.room.Rooms;
import dev.tandem.room.Ticket;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Who is in which room. From any thread; every method fails with {@code redis_unavailable} where Redis cannot be asked. */
@Singleton
public class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class);
    private static final int AT_ONCE = 64;

    private final PresenceRepository repository;
    private final NodeLease lease;
    private final Rooms rooms;
    private final Lobby lobby;
    private final Vertx vertx;
    /** What this node knows to be true of its own connections, whatever Redis says. */
    private final Map<LocalPresence.Key, LocalPresence> local = new ConcurrentHashMap<>();
    /** From then on the lease stays given up. */
    private volatile boolean released;

    Presence(PresenceRepository repository, NodeLease lease, Rooms rooms, Lobby lobby, Vertx vertx) {
        this.repository = repository;
        this.lease = lease;
        this.rooms = rooms;
        this.lobby = lobby;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(
                Math.max(1, lease.length().toMillis() / 3),
                timer -> Unattended.run("renew the presence lease", renew()));
    }

    void onTransition(@Observes LinkTransition transition) {
        if (transition.role() == Role.COMMANDS && transition.becameReady()) {
            Unattended.run("renew the presence lease", renew());
        }
    }

    /**
     * Makes a connection present, if the room's rules let its user in. Completes with where the room stood at that moment; fails with
     * {@code room_not_found}, {@code banned}, {@code room_full}, {@code room_locked}, {@code password_required}, {@code
     * wrong_password} or {@code invalid_invitation}.
     */
    public Uni<Joined> join(RoomId room, ConnectionId connection, UserRef user, Status status, Ticket ticket) {
        LocalPresence who = new LocalPresence(room, connection, user, System.currentTimeMillis(), status);
        return lease.cover(room)
                .invoke(() -> local.put(who.key(), who))
                .chain(name -> join(name, who, ticket))
                .onFailure()
                .invoke(failure -> onJoinFailed(who, failure));
    }

    /**
     * Changes the status of a connection in a room, if it is there; members are told if that makes it another one of its user. If that
     * fails, the node starts over, with the new status.
     */
    public Uni<Void> set(RoomId room, ConnectionId connection, Status status) {
        LocalPresence.Key key = new LocalPresence.Key(room, connection);
        LocalPresence who = local.computeIfPresent(key, (same, before) -> before.with(status));
        return who == null ? Uni.createFrom().voidItem() : set(who).replaceWithVoid();
    }

    /** Makes a connection absent. If that fails, it counts as present still, and the caller may try again. */
    public Uni<Void> leave(RoomId room, ConnectionId connection) {
        LocalPresence.Key key = new LocalPresence.Key(room, connection);
        LocalPresence who = local.get(key);
        if (who == null) {
            return Uni.createFrom().voidItem();
        }
        return repository
                .leave(lease.name(), who)
                .invoke(() -> local.remove(key))
                .onFailure()
                .invoke(lease::doubt);
    }

    /**
     * A connection is gone for good. If Redis cannot be told now, the result fails, and yet the connection will be absent: with
     * the lease that it was present under.
     */
    public Uni<Void> drop(RoomId room, ConnectionId connection) {
        LocalPresence who = local.remove(new LocalPresence.Key(room, connection));
        return who == null
                ? Uni.createFrom().voidItem()
                : repository.leave(lease.name(), who).onFailure().invoke(lease::doubt);
    }

    /**
     * Who is in a room, at most {@code limit} of them, longest present first, after the {@code next} of the page before; fails with
     * {@code room_not_found}.
     */
    public Uni<Members> members(RoomId room, int limit, Optional<String> cursor) {
        return Uni.combine()
                .all()
                .unis(rooms.get(room), repository.connections(room))
                .with((there, connections) -> Members.page(connections, limit, cursor));
    }

    /** Removes the people of leases that have run out, on whatever node they were; completes with how many leases. */
    public Uni<Integer> reap() {
        return repository
                .buryExpired()
                .chain(dead -> Multi.createFrom()
                        .iterable(dead)
                        .onItem()
                        .transformToUniAndConcatenate(name -> removePeople(name).replaceWith(name))
                        .collect()
                        .asList()
                        .map(List::size));
    }

    /** At stop: nobody is present through this node any more. */
    public Uni<Void> release() {
        released = true;
        local.clear();
        return giveUp(lease.name()).chain(lobby::flush);
    }

    /** While the node starts over, the connection may not be there yet under the new lease; and may be with the status of before. */
    private Uni<Boolean> set(LocalPresence who) {
        return repository
                .set(lease.name(), who)
                .chain(isThere -> isThere || !local.containsKey(who.key())
                        ? Uni.createFrom().item(isThere)
                        : announce(who).call(() -> repository.set(lease.name(), who)))
                .onFailure()
                .invoke(lease::doubt);
    }

    private Uni<Joined> join(String name, LocalPresence who, Ticket ticket) {
        return repository
                .join(name, who, ticket)
                .onFailure(Refusals::isCertain)
                .invoke(() -> onRefused(name))
                .call(() -> joinedUnder(name, who));
    }

    /** If the node has started over meanwhile, it has made the one present who was refused: it starts over once more. */
    private void onRefused(String name) {
        if (!lease.name().equals(name)) {
            lease.doubt();
        }
    }

    /** If the node has started over meanwhile, the lease of this join is being given up, and everybody under it. */
    private Uni<Boolean> joinedUnder(String name, LocalPresence who) {
        return lease.name().equals(name) ? Uni.createFrom().item(true) : announce(who);
    }

    private void onJoinFailed(LocalPresence who, Throwable failure) {
        local.remove(who.key());
        if (!Refusals.isCertain(failure)) {
            lease.doubt();
        }
    }

    private Uni<Void> renew() {
        return released ? Uni.createFrom().voidItem() : renewOrStartOver();
    }

    private Uni<Void> renewOrStartOver() {
        return lease.renew().chain(holds -> holds ? Uni.createFrom().voidItem() : startOver());
    }

    /** Everybody is made present under a new lease before the old one is given up, so that nobody flickers. */
    private Uni<Void> startOver() {
        LOG.warnf("Presence starts over under a new lease: connections=%d", local.size());
        return lease.replace().call(this::announceAll).chain(this::giveUp);
    }

    private Uni<Void> announceAll() {
        return Multi.createFrom()
                .iterable(List.copyOf(local.values()))
                .onItem()
                .transformToUni(this::announce)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Whoever left, or whose room was deleted, while this was under way is not made present. */
    private Uni<Boolean> announce(LocalPresence listed) {
        LocalPresence who = local.getOrDefault(listed.key(), listed);
        return lease.cover(who.room())
                .chain(name -> repository.join(name, who, Ticket.PRESENT).chain(joined -> leftMeanwhile(name, who)))
                .onFailure(failure -> TandemException.of(failure).code() == ErrorCode.ROOM_NOT_FOUND)
                .recoverWithItem(false)
                .onFailure()
                .invoke(lease::doubt);
    }

    private Uni<Boolean> leftMeanwhile(String name, LocalPresence who) {
        return local.containsKey(who.key())
                ? Uni.createFrom().item(true)
                : repository.leave(name, who).replaceWith(false);
    }

    private Uni<Void> giveUp(String name) {
        return repository.bury(name).chain(() -> removePeople(name));
    }

    private Uni<Void> removePeople(String name) {
        return repository
                .rooms(name)
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUni(
                                id -> repository.leaveAll(name, new RoomId(id)).replaceWith(id))
                        .merge(AT_ONCE)
                        .collect()
                        .asList()
                        .chain(() -> repository.forget(name)));
    }
}
