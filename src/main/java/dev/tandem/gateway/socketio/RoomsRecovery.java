package dev.tandem.gateway.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.gateway.Client;
import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.Place;
import dev.tandem.gateway.ServerFrame;
import dev.tandem.gateway.Suspension;
import dev.tandem.id.NodeId;
import dev.tandem.id.RandomText;
import dev.tandem.id.UserRef;
import dev.tandem.internode.Nodes;
import dev.tandem.socketio.RestoredSession;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.Socket;
import dev.tandem.socketio.SocketIoConfig;
import dev.tandem.socketio.SocketSession;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Clients of the rooms that lost their connection come back, to whatever node, as who they were. Their rooms have a history, so what
 * they missed is read from there; what must be kept is where they stood. A client says itself up to which event it got anything: each
 * that has a number in its room carries its {@link Place} as the last argument.
 *
 * <p>A private id is {@code <random>.<node>}: the node that had the socket is asked first to let go of it.
 */
@Singleton
class RoomsRecovery implements SessionRecovery {
    private static final String RELEASE = "recovery.release";
    private static final Duration LET_GO = Duration.ofSeconds(3);

    private final NodeId node;
    private final Nodes nodes;
    private final Gateway gateway;
    private final SuspendedSessions suspended;
    private final ObjectMapper mapper;
    private final String namespace;
    private final boolean on;
    private final LiveSockets live = new LiveSockets();

    /** Who came back, and where each of the rooms was left. */
    record Returned(UserRef user, List<Place> places) {}

    RoomsRecovery(
            NodeId node,
            Nodes nodes,
            Gateway gateway,
            SuspendedSessions suspended,
            ObjectMapper mapper,
            SocketIoDoorConfig door,
            SocketIoConfig config) {
        this.node = node;
        this.nodes = nodes;
        this.gateway = gateway;
        this.suspended = suspended;
        this.mapper = mapper;
        this.namespace = door.namespace();
        this.on = config.recoveryWindow().toMillis() > 0;
        nodes.onAsk(RELEASE, (from, pid) -> live.release(pid.toString()).replaceWith(Buffer.buffer()));
    }

    boolean isOn() {
        return on;
    }

    @Override
    public Optional<String> newPid() {
        return on ? Optional.of(RandomText.letters(24) + "." + node) : Optional.empty();
    }

    @Override
    public void onConnected(Socket socket, String pid) {
        live.add(pid, socket);
    }

    @Override
    public Uni<Void> persist(Socket socket, SocketSession session) {
        live.keep(session.pid());
        return gateway.suspend((Client) socket.attachment())
                .chain(client -> suspended.save(new SuspendedSession(session, client)))
                .eventually(() -> live.settle(session.pid()));
    }

    @Override
    public void onGone(String pid) {
        live.onGone(pid);
    }

    @Override
    public Uni<Optional<RestoredSession>> restore(String pid, String offset) {
        Optional<Place> last = Place.of(offset);
        if (!on || last.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return letGo(pid).chain(() -> suspended.take(pid)).chain(found -> restore(found, last.get()));
    }

    /** If the node that had the socket does not answer, what it has kept counts. */
    private Uni<Void> letGo(String pid) {
        int dot = pid.indexOf('.');
        if (dot < 0 || !pid.substring(dot + 1).matches("[A-Za-z0-9._-]{1,64}")) {
            return Uni.createFrom().voidItem();
        }
        return nodes.ask(new NodeId(pid.substring(dot + 1)), RELEASE, Buffer.buffer(pid), LET_GO)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Optional<RestoredSession>> restore(Optional<SuspendedSession> found, Place last) {
        Optional<List<Place>> places = found.map(SuspendedSession::client).flatMap(client -> client.after(last));
        if (places.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return gateway.missed(places.get())
                .map(missed -> missed.map(events -> restored(found.get(), places.get(), events)));
    }

    private RestoredSession restored(SuspendedSession session, List<Place> places, List<ServerFrame.Event> missed) {
        Map<Object, Place> reached = new LinkedHashMap<>();
        places.forEach(place -> reached.put(place.room(), place));
        missed.forEach(event -> reached.put(event.place().room(), event.place()));
        Suspension client = session.client();
        return new RestoredSession(
                session.socket(),
                missed.stream().map(this::packet).toList(),
                new Returned(client.user(), List.copyOf(reached.values())));
    }

    private SocketIoPacket.Event packet(ServerFrame.Event event) {
        ArrayNode arguments = mapper.createArrayNode().add(event.name());
        arguments.add(read(event.json())).add(event.place().text());
        return new SocketIoPacket.Event(namespace, OptionalLong.empty(), arguments);
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }
}
