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
import dev.tandem.id.UserRef;
import dev.tandem.recovery.LostSockets;
import dev.tandem.socketio.RestoredSession;
import dev.tandem.socketio.SessionRecovery;
import dev.tandem.socketio.Socket;
import dev.tandem.socketio.SocketSession;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** Who came back, and where each of the rooms was left. */
    record Returned(UserRef user, List<Place> places) {}

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
        return gateway.missed(places.get())
                .map(missed -> missed.map(
                        events -> restored(found.get().session(), client.get().user(), places.get(), events)));
    }

    private RestoredSession restored(
            SocketSession session, UserRef user, List<Place> places, List<ServerFrame.Event> missed) {
        Map<Object, Place> reached = new LinkedHashMap<>();
        places.forEach(place -> reached.put(place.room(), place));
        missed.forEach(event -> reached.put(event.place().room(), event.place()));
        return new RestoredSession(
                session, missed.stream().map(this::packet).toList(), new Returned(user, List.copyOf(reached.values())));
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
