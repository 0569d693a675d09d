package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.error.Unattended;
import dev.tandem.socketio.adapter.AckObserver;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.Gathered;
import dev.tandem.socketio.adapter.SocketDetails;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whom something is for. Immutable: each method that narrows it gives another one. From any thread.
 *
 * <p>What does something does it when it is called, whether its result is subscribed to or not, and results arrive on any thread.
 * A failure of what gives no result is logged. Event names that are reserved, and arguments of which no JSON can be made, are
 * {@link IllegalArgumentException}s.
 */
public final class BroadcastOperator {
    private final String namespace;
    private final Adapter adapter;
    private final BroadcastOptions options;

    BroadcastOperator(String namespace, Adapter adapter, BroadcastOptions options) {
        this.namespace = namespace;
        this.adapter = adapter;
        this.options = options;
    }

    /** Also to whoever is in one of these rooms. Nobody gets anything twice. */
    public BroadcastOperator to(String... rooms) {
        return with(new BroadcastOptions(union(options.rooms(), rooms), options.except(), options.flags()));
    }

    /** The same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** But not to whoever is in one of these rooms. */
    public BroadcastOperator except(String... rooms) {
        return with(new BroadcastOptions(options.rooms(), union(options.except(), rooms), options.flags()));
    }

    /** Clients that are behind in reading are left out. */
    public BroadcastOperator asVolatile() {
        return with(options.with(options.flags().asVolatile()));
    }

    /** Only to clients of this node. */
    public BroadcastOperator local() {
        return with(options.with(options.flags().asLocal()));
    }

    /** How long acks are waited for. */
    public BroadcastOperator timeout(Duration limit) {
        return with(options.with(options.flags().withTimeout(limit)));
    }

    /** Completes when the event is on its way. */
    public Uni<Void> emit(String event, Object... arguments) {
        return attended("broadcast", adapter.broadcast(packet(event, arguments), options));
    }

    /** Completes with the first argument of every client's ack; fails with {@link Incomplete} when time is up. */
    public Uni<List<JsonNode>> emitWithAck(String event, Object... arguments) {
        return complete(adapter.broadcastWithAck(packet(event, arguments), options, AckObserver.NONE));
    }

    /** Completes with all sockets that are meant, wherever they are; fails with {@link Incomplete} if a server is silent. */
    public Uni<List<RemoteSocket>> fetchSockets() {
        return complete(adapter.fetchSockets(options))
                .map(found -> found.stream().map(this::remote).toList());
    }

    /** Makes all sockets that are meant join rooms. */
    public Uni<Void> socketsJoin(String... rooms) {
        return attended("make sockets join", adapter.addSockets(options, Set.of(rooms)));
    }

    /** Makes all sockets that are meant leave rooms. */
    public Uni<Void> socketsLeave(String... rooms) {
        return attended("make sockets leave", adapter.delSockets(options, Set.of(rooms)));
    }

    /** Puts all sockets that are meant out of the namespace, or with {@code close} ends their sessions. */
    public Uni<Void> disconnectSockets(boolean close) {
        return attended("disconnect sockets", adapter.disconnectSockets(options, close));
    }

    BroadcastOperator with(BroadcastFlags flags) {
        return with(options.with(flags));
    }

    private BroadcastOperator with(BroadcastOptions others) {
        return new BroadcastOperator(namespace, adapter, others);
    }

    private RemoteSocket remote(SocketDetails details) {
        BroadcastFlags flags = options.flags().local() ? BroadcastFlags.NONE.asLocal() : BroadcastFlags.NONE;
        BroadcastOptions itself = BroadcastOptions.to(details.id()).with(flags);
        return new RemoteSocket(details, with(itself));
    }

    private SocketIoPacket.Event packet(String event, Object... arguments) {
        return new SocketIoPacket.Event(namespace, OptionalLong.empty(), Values.event(event, arguments));
    }

    static <T> Uni<List<T>> complete(Uni<Gathered<T>> result) {
        return result.map(gathered -> {
            if (!gathered.isComplete()) {
                throw new Incomplete(gathered);
            }
            return gathered.items();
        });
    }

    static Uni<Void> attended(String what, Uni<Void> result) {
        Unattended.run(what, result);
        return result;
    }

    private static Set<String> union(Set<String> some, String... others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(List.of(others));
        return all;
    }
}
