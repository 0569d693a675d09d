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
import dev.tandem.id.RoomId;
import dev.tandem.presence.Status;
import dev.tandem.recovery.LostSockets;
import dev.tandem.session.Proof;
import dev.tandem.socketio.RestoredSession;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.Socket;
import dev.tandem.socketio.SocketSession;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Clients of the rooms that lost their connection come back, to whatever node, as who they were. Their rooms have a history, so what
 * they missed is read from there; what must be kept is where they stood. A client says itself up to which event it got anything: each
 * that has a number in its room carries its {@link Place} as the last argument.
 */
@Singleton
class RoomsRecovery implements SessionRecovery {
    private final Gateway gateway;
    private final LostSockets lost;
    private final ObjectMapper mapper;
    private final String namespace;

    /** Who came back, by what proof of before, how present, where each of the rooms was left, and whether it watched the public ones. */
    record Returned(Proof proof, Status status, List<Place> places, boolean watches) {}

    RoomsRecovery(Gateway gateway, LostSockets lost, ObjectMapper mapper, SocketIoDoorConfig door) {
        this.gateway = gateway;
        this.lost = lost;
        this.mapper = mapper;
        this.namespace = door.namespace();
    }

    boolean isOn() {
        return lost.isOn();
    }

    @Override
    public Optional<String> newPid() {
        return isOn() ? Optional.of(lost.newPid()) : Optional.empty();
    }

    @Override
    public void onConnected(Socket socket, String pid) {
        lost.onConnected(pid, socket);
    }

    @Override
    public Uni<Void> persist(Socket socket, SocketSession session) {
        return lost.keep(
                namespace,
                session,
                gateway.suspend((Client) socket.attachment())
                        .map(client -> json -> SuspensionJson.write(client, json)));
    }

    @Override
    public void onGone(String pid) {
        lost.onGone(pid);
    }

    @Override
    public Uni<Optional<RestoredSession>> restore(String pid, Optional<String> offset) {
        Optional<Place> last = offset.flatMap(Place::of);
        if (last.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return lost.take(namespace, pid).chain(found -> restore(found, last.get()));
    }

    private Uni<Optional<RestoredSession>> restore(Optional<LostSockets.Kept> found, Place last) {
        Optional<Suspension> client = found.map(LostSockets.Kept::more).map(SuspensionJson::read);
        Optional<List<Place>> places = client.flatMap(suspended -> suspended.after(last));
        if (places.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return gateway.missed(client.get().proof().user().id(), places.get())
                .map(missed -> missed.map(all -> restored(found.get().session(), client.get(), places.get(), all)));
    }

    private RestoredSession restored(
            SocketSession session, Suspension client, List<Place> places, Gateway.Meanwhile meanwhile) {
        List<ServerFrame.Event> missed = meanwhile.events();
        Map<Object, Place> reached = new LinkedHashMap<>();
        places.forEach(place -> reached.put(place.room(), place));
        missed.forEach(event -> reached.put(event.place().room(), event.place()));
        return new RestoredSession(
                without(session, meanwhile.lost()),
                missed.stream().map(this::packet).toList(),
                new Returned(client.proof(), client.status(), List.copyOf(reached.values()), client.watches()));
    }

    /** The session, not in the Socket.IO rooms of these rooms any more. */
    private static SocketSession without(SocketSession session, Set<RoomId> lost) {
        Set<String> rooms = new HashSet<>(session.rooms());
        lost.forEach(room -> rooms.remove(room.value()));
        return new SocketSession(session.sid(), session.pid(), rooms, session.data());
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
