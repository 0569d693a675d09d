package dev.tandem.gateway;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import dev.tandem.gateway.CommandQueue.Lane;
import dev.tandem.id.NodeId;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.presence.Presence;
import dev.tandem.presence.Status;
import dev.tandem.redis.RedisLoop;
import dev.tandem.session.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Has what clients say carried out, whatever door they came through. Called by the doors on each connection's own event loop. */
@Singleton
public class Gateway {
    private static final Logger LOG = Logger.getLogger(Gateway.class);

    private final NodeId node;
    private final LocalRooms localRooms;
    private final LocalLobby lobby;
    private final CommandTable commands;
    private final OperationLimits limits;
    private final LocalUsers users;
    private final Resumption resumption;
    private final Presence presence;
    private final RedisLoop loop;
    private final CommandQueues queues;
    private final MeterRegistry registry;
    private final AtomicInteger leaving = new AtomicInteger();

    Gateway(
            NodeId node,
            LocalRooms localRooms,
            LocalLobby lobby,
            @All List<FeatureCommands> features,
            OperationLimits limits,
            LocalUsers users,
            Resumption resumption,
            Presence presence,
            RedisLoop loop,
            CommandQueues queues,
            MeterRegistry registry) {
        this.node = node;
        this.localRooms = localRooms;
        this.lobby = lobby;
        this.commands = CommandTable.of(features);
        this.limits = limits;
        this.users = users;
        this.resumption = resumption;
        this.presence = presence;
        this.loop = loop;
        this.queues = queues;
        this.registry = registry;
        localRooms.onPutOut(this::onPutOut);
    }

    /** A connection has been opened: it is welcomed. */
    public Client open(Caller caller, Door door, Context context, Connection connection) {
        Client client = new Client(caller, door, context, connection, queues.open(context, connection));
        client.send(door.encode(ServerFrame.welcome(client.user(), node)));
        users.add(client);
        return client;
    }

    /**
     * Where the client stands after its last command, for {@link #resume}: its connection is gone, and {@link #close} follows. Never
     * fails.
     */
    public Uni<Suspension> suspend(Client client) {
        return Uni.createFrom()
                .emitter(emitter -> client.commands().add(before -> {
                    Promise<Void> done = Promise.promise();
                    loop.execute(() -> {
                        emitter.complete(client.suspension(lobby.isWatchedBy(client)));
                        done.complete();
                    });
                    return done.future();
                }));
    }

    /** What happened while a client was away, room by room, but for rooms that its user was put out of. */
    public record Meanwhile(List<ServerFrame.Event> events, Set<RoomId> lost) {}

    /** All that happened after these places of that user's; empty if not all of it can be had. */
    public Uni<Optional<Meanwhile>> missed(UserId user, List<Place> places) {
        return resumption.missed(user, places);
    }

    /**
     * Who comes back, how present, where it stands in its rooms, of which it is told those that it was put out of, and whether it watched
     * the public rooms.
     */
    public record Comeback(Caller caller, Status status, List<Place> places, boolean watches) {}

    /**
     * Opens a connection of a client that has got everything up to these places, and brings it back to where it was before its first
     * command. {@code onFailed} is called if that cannot be done; the connection must then be closed.
     */
    public Client resume(Comeback who, Door door, Context context, Connection connection, Runnable onFailed) {
        Client client = new Client(who.caller(), door, context, connection, queues.open(context, connection));
        client.set(who.status());
        users.add(client);
        who.places().forEach(place -> regain(client, () -> resumption.rejoin(client, place), onFailed));
        if (who.watches()) {
            regain(client, () -> lobby.reenter(client), onFailed);
        }
        return client;
    }

    private static void regain(Client client, Supplier<Uni<Void>> what, Runnable onFailed) {
        client.commands().add(before -> orElse(what.get(), onFailed));
    }

    private static Future<Void> orElse(Uni<Void> done, Runnable onFailed) {
        return UniHelper.toFuture(done).onFailure(failed -> onFailed.run());
    }

    /**
     * Carries out one command after those that the client gave before. {@code command} is asked for the command at once; if it fails,
     * that is the answer. {@code answer} is called once, on any thread.
     */
    public void submit(Client client, Supplier<ClientCommand> command, Consumer<ServerFrame> answer) {
        client.commands().add(submission(client, command, answer));
    }

    /** The connection is gone; after its last command it leaves all rooms. */
    public void close(Client client) {
        users.remove(client);
        leaving.incrementAndGet();
        client.commands().add(before -> left(client));
    }

    /** How many are gone, and have not left yet: what they said last, and what is kept of them, is under way to Redis. From any thread. */
    public int leaving() {
        return leaving.get();
    }

    private Submission submission(Client client, Supplier<ClientCommand> asked, Consumer<ServerFrame> answer) {
        try {
            ClientCommand command = asked.get();
            return new Submission(laneOf(command), () -> run(client, command), done -> tell(done, answer));
        } catch (RuntimeException | Error refused) {
            return new Submission(Lane.ALONE, () -> Future.failedFuture(refused), done -> tell(done, answer));
        }
    }

    /** What there may be too many of is asked for first, which takes its own time. */
    private Lane laneOf(ClientCommand command) {
        return limits.isLimited(command) ? Lane.ALONE : commands.laneOf(command);
    }

    private Future<?> tell(Future<Answer> done, Consumer<ServerFrame> answer) {
        return done.otherwise(failure -> Answer.of(failed(failure))).onSuccess(told -> say(told, answer));
    }

    private void say(Answer told, Consumer<ServerFrame> answer) {
        loop.execute(() -> {
            answer.accept(told.frame());
            told.afterwards().run();
        });
    }

    private Future<Answer> run(Client client, ClientCommand command) {
        try {
            return limits.isLimited(command)
                    ? UniHelper.toFuture(limits.require(client, command))
                            .compose(allowed -> commands.run(client, command))
                    : commands.run(client, command);
        } catch (RuntimeException | Error refused) {
            return Future.failedFuture(refused);
        }
    }

    private ServerFrame.Failed failed(Throwable failure) {
        TandemException told = TandemException.of(failure);
        registry.counter("tandem.errors", "code", told.code().wireName()).increment();
        if (told.code() == ErrorCode.INTERNAL) {
            LOG.error("A command failed for a reason that nobody foresaw", failure);
        }
        return new ServerFrame.Failed(told);
    }

    private Future<Void> left(Client client) {
        return UniHelper.toFuture(leaveAll(client)).onComplete(done -> leaving.decrementAndGet());
    }

    private Uni<Void> leaveAll(Client client) {
        List<Membership> all = List.copyOf(client.memberships().values());
        all.forEach(membership -> client.left(membership.room().id()));
        all.forEach(localRooms::leave);
        lobby.leave(client);
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndMerge(
                        membership -> presence.drop(membership.room().id(), client.id())
                                .onFailure()
                                .recoverWithNull())
                .collect()
                .asList()
                .invoke(() -> users.went(client.user()))
                .replaceWithVoid();
    }

    /** A room was deleted under the client. */
    private void onPutOut(Client client, RoomId room) {
        client.left(room);
        Unattended.run("forget presence in a deleted room", presence.drop(room, client.id()));
    }
}
