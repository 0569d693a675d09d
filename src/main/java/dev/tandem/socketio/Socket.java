package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.engineio.CloseReason;
import dev.tandem.engineio.EngineIoSession;
import dev.tandem.outbound.Frame;
import dev.tandem.outbound.Outbound;
import dev.tandem.socketio.adapter.BroadcastFlags;
import dev.tandem.socketio.adapter.BroadcastOptions;
import dev.tandem.socketio.adapter.LogPlace;
import dev.tandem.socketio.codec.SocketIoCodec;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One client in one namespace. From any thread; its handlers are called on {@link #context}, in the order in which its events
 * came. For what does something, and for results, see {@link BroadcastOperator}.
 */
public final class Socket implements Broadcaster {
    private final String id;
    /** Null if its session cannot be found again. */
    private final String pid;

    private final boolean recovered;
    private final Namespace namespace;
    /** What the client gave with CONNECT. */
    private final JsonNode auth;

    private final SocketIoClient client;
    private final LocalEnd local;
    private final SocketEvents events;
    /** Null while nothing is kept, as with most. */
    private volatile JsonNode data;

    private volatile Object attachment;
    private volatile boolean connected;

    Socket(Identity identity, Namespace namespace, SocketHandshake handshake, SocketIoClient client, Trail trail) {
        this.id = identity.sid();
        this.pid = identity.pid().orElse(null);
        this.recovered = identity.recovered();
        this.data = identity.data();
        this.namespace = namespace;
        this.auth = handshake.kept();
        this.client = client;
        this.local = new LocalEnd(this, client.session(), client.config().maxPendingAcks(), trail);
        this.events = new SocketEvents(this, client);
    }

    /** Who a socket is: somebody new, or somebody who has come back. */
    record Identity(String sid, Optional<String> pid, boolean recovered, JsonNode data) {

        static Identity fresh(String sid, Optional<String> pid) {
            return new Identity(sid, pid, false, null);
        }

        static Identity of(SocketSession session) {
            return new Identity(session.sid(), Optional.of(session.pid()), true, session.data());
        }
    }

    /** Unique, and another one after each connect, unless the socket was {@link #recovered}. */
    public String id() {
        return id;
    }

    /** Whether this is the socket from before the connection was lost, with its id, rooms and data, and nothing missed. */
    public boolean recovered() {
        return recovered;
    }

    public Namespace namespace() {
        return namespace;
    }

    public SocketHandshake handshake() {
        return new SocketHandshake(client.session().handshake(), auth);
    }

    /** The event loop on which everything about this socket happens. */
    public Context context() {
        return client.session().context();
    }

    /** From CONNECT until disconnect. */
    public boolean isConnected() {
        return connected;
    }

    /** What was kept with the socket; other servers see it too. An empty object at first; not to be changed in place. */
    public JsonNode data() {
        JsonNode kept = data;
        return kept == null ? JsonNodeFactory.instance.objectNode() : kept;
    }

    /** Keeps anything of which {@link Values} can make JSON. */
    public void data(Object kept) {
        data = Values.of(kept);
    }

    /** What a handler keeps with the socket for itself, on this node; null at first. */
    public Object attachment() {
        return attachment;
    }

    public void attach(Object kept) {
        attachment = kept;
    }

    /** The rooms that it is in, its own one, named like its id, among them. */
    public Set<String> rooms() {
        return namespace.adapter().socketRooms(id);
    }

    /** Fails with {@link dev.tandem.socketio.adapter.TooManyRooms} and then joins none of them. */
    public Uni<Void> join(String... rooms) {
        return BroadcastOperator.attended("join", namespace.adapter().addAll(id, Set.of(rooms)));
    }

    public Uni<Void> leave(String room) {
        return BroadcastOperator.attended("leave", namespace.adapter().del(id, room));
    }

    /**
     * To this client. What is sent before it is connected, or after, is dropped. In a namespace that is {@link
     * NamespaceHandler#recoverable} it takes the way through the log.
     */
    public void emit(String event, Object... arguments) {
        operator().emit(event, arguments);
    }

    /** To this client. Completes with all arguments of its ack, or fails with {@link NoAck}, on the socket's event loop. */
    public Uni<List<JsonNode>> emitWithAck(String event, Object... arguments) {
        return operator().emitWithAck(event, arguments);
    }

    /** To this client, or from it to others, unless they are behind in reading. */
    public SocketOperator asVolatile() {
        return operator().asVolatile();
    }

    /** To this client, or from it to others, waiting so long for an ack. */
    public SocketOperator timeout(Duration limit) {
        return operator().timeout(limit);
    }

    /** To everybody else. */
    @Override
    public BroadcastOperator broadcast() {
        return new BroadcastOperator(
                namespace.name(), namespace.adapter(), new BroadcastOptions(Set.of(), Set.of(id), BroadcastFlags.NONE));
    }

    /** Handles what the client emits by that name. There may be several handlers for it. */
    public void on(String event, EventHandler handler) {
        events.listeners().add(event, handler);
    }

    /** Handles whatever the client emits, before middleware and other handlers. */
    public void onAny(EventHandler handler) {
        events.listeners().addAny(handler);
    }

    /** Takes away all handlers of that event. */
    public void off(String event) {
        events.listeners().remove(event);
    }

    /** Puts a middleware before the handlers of this socket's events, behind those that stand there already. */
    public void use(EventMiddleware middleware) {
        events.use(middleware);
    }

    /**
     * Lets the client wait with all that it says, in its other namespaces too, until {@link #resume} was called as often: for a handler
     * that has as much to do as it can keep. On {@link #context} only.
     */
    public void pause() {
        client.session().pause();
    }

    /** Lets the client go on, if nobody else lets it wait. On {@link #context} only. */
    public void resume() {
        client.session().resume();
    }

    /** Puts the client out of the namespace, or with {@code close} ends its whole session; after what was sent before. */
    public void disconnect(boolean close) {
        context().runOnContext(turn -> client.disconnect(this, close));
    }

    /** Ends the whole session, after what was sent before; official clients come back by themselves. */
    public void close(CloseReason reason) {
        client.session().close(reason);
    }

    /** An event, encoded once, for every socket of {@code namespace}; its one argument is JSON already. */
    public static Frame event(String namespace, String name, String json) {
        return EngineIoSession.message(SocketIoCodec.eventHead(namespace, name), json, SocketIoCodec.EVENT_END);
    }

    /** The same, with an offset: where the client stands once it has the event. */
    public static Frame event(String namespace, String name, String json, String offset) {
        return EngineIoSession.message(SocketIoCodec.eventHead(namespace, name), json, SocketIoCodec.eventEnd(offset));
    }

    /** The way to the client for frames made by {@link #event} that go to many; for as long as it {@link #isConnected}. */
    public Outbound outbound() {
        return client.session().outbound();
    }

    /** Sends a frame made by {@link #event}: the shortest way, past the adapter and its log; whoever misses it is not recovered. */
    public void send(Frame frame) {
        local.send(frame, LogPlace.NONE);
    }

    /** Known to the client alone, to whom it is as good as a password; there if its session can be found again. */
    public Optional<String> pid() {
        return Optional.ofNullable(pid);
    }

    LocalEnd local() {
        return local;
    }

    PendingAcks acks() {
        return local.acks();
    }

    SocketEvents events() {
        return events;
    }

    void connected(boolean now) {
        connected = now;
        if (!now) {
            outbound().askEach();
        }
    }

    private SocketOperator operator() {
        return new SocketOperator(this, BroadcastFlags.NONE);
    }
}
