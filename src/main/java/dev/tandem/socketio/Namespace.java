package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.socketio.adapter.Adapter;
import dev.tandem.socketio.adapter.AdapterConfig;
import dev.tandem.socketio.adapter.AdapterFactory;
import dev.tandem.socketio.adapter.BroadcastOptions;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * A namespace on this node, and the way to all of its sockets, on whatever node they are. From any thread; for what does
 * something, and for results, see {@link BroadcastOperator}.
 */
public final class Namespace implements Broadcaster {
    private final LocalSockets sockets;
    private final NamespaceHandler handler;
    private final Adapter adapter;
    private final SessionRecovery recovery;
    private final Duration ackTimeout;
    private final Uni<Void> opened;

    Namespace(
            String name,
            NamespaceHandler handler,
            AdapterFactory adapters,
            RecoveryFactory recoveries,
            HandlerRunner runner,
            SocketIoConfig config,
            AdapterConfig adapterConfig) {
        boolean logged = handler.recoverable() && config.recoveryWindow().toMillis() > 0;
        this.sockets = new LocalSockets(name, runner, config.maxHandlers(), logged);
        this.handler = handler;
        this.adapter = adapters.create(sockets);
        this.recovery = adapter.log()
                .filter(log -> logged)
                .map(log -> recoveries.create(name, log))
                .orElseGet(handler::recovery);
        this.ackTimeout = adapterConfig.ackTimeout();
        this.opened = adapter.init()
                .onFailure()
                .invoke(failure -> runner.onFailure("adapter", name, failure))
                .onFailure()
                .recoverWithNull()
                .memoize()
                .indefinitely();
        runner.run("created", name, () -> {
            handler.onCreated(this);
            return null;
        });
        BroadcastOperator.attended("open a namespace", opened);
    }

    public String name() {
        return sockets.name();
    }

    /** Who is in which room, here and elsewhere. */
    public Adapter adapter() {
        return adapter;
    }

    @Override
    public BroadcastOperator broadcast() {
        return new BroadcastOperator(name(), adapter, BroadcastOptions.ALL);
    }

    /** To all clients of this node. */
    public BroadcastOperator local() {
        return broadcast().local();
    }

    /** To all clients that are not behind in reading. */
    public BroadcastOperator asVolatile() {
        return broadcast().asVolatile();
    }

    /** To all clients, waiting so long for their acks. */
    public BroadcastOperator timeout(Duration limit) {
        return broadcast().timeout(limit);
    }

    /** To all clients. */
    public Uni<Void> emit(String event, Object... arguments) {
        return broadcast().emit(event, arguments);
    }

    /** To all clients; completes with the first argument of each ack, fails with {@link Incomplete}. */
    public Uni<List<JsonNode>> emitWithAck(String event, Object... arguments) {
        return broadcast().emitWithAck(event, arguments);
    }

    /** All sockets, wherever they are. */
    public Uni<List<RemoteSocket>> fetchSockets() {
        return broadcast().fetchSockets();
    }

    /** Makes all sockets join rooms. */
    public Uni<Void> socketsJoin(String... rooms) {
        return broadcast().socketsJoin(rooms);
    }

    /** Makes all sockets leave rooms. */
    public Uni<Void> socketsLeave(String... rooms) {
        return broadcast().socketsLeave(rooms);
    }

    /** Puts all sockets out of the namespace, or with {@code close} ends their sessions. */
    public Uni<Void> disconnectSockets(boolean close) {
        return broadcast().disconnectSockets(close);
    }

    /** Tells all other servers something. */
    public Uni<Void> serverSideEmit(String event, Object... arguments) {
        return BroadcastOperator.attended("tell other servers", adapter.serverSideEmit(Values.event(event, arguments)));
    }

    /** The same; completes with the answer of each of them, fails with {@link Incomplete}. */
    public Uni<List<JsonNode>> serverSideEmitWithAck(String event, Object... arguments) {
        return serverSideEmitWithAck(ackTimeout, event, arguments);
    }

    /** The same, waiting so long. */
    public Uni<List<JsonNode>> serverSideEmitWithAck(Duration limit, String event, Object... arguments) {
        return BroadcastOperator.complete(adapter.serverSideEmitWithAck(Values.event(event, arguments), limit));
    }

    /** Handles what another server says by {@link #serverSideEmit}. */
    public void on(String event, EventHandler serverSide) {
        sockets.serverSide().add(event, serverSide);
    }

    /** Handles whatever another server says. */
    public void onAny(EventHandler serverSide) {
        sockets.serverSide().addAny(serverSide);
    }

    /** Completes when this node hears of the others, or has given that up for the moment; never fails. */
    Uni<Void> opened() {
        return opened;
    }

    NamespaceHandler handler() {
        return handler;
    }

    SessionRecovery recovery() {
        return recovery;
    }

    LocalSockets sockets() {
        return sockets;
    }

    Duration ackTimeout() {
        return ackTimeout;
    }
}
