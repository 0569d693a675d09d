package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.outbound.Frame;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sockets of this node. Nothing waits for anything here: every result but that of acks is there when the method returns. A
 * broadcast walks through the rooms without locking them: who comes or goes meanwhile may get it or not.
 */
public final class LocalAdapter implements Adapter {
    private final LocalNamespace namespace;
    private final RoomIndex index;
    private final Duration ackTimeout;

    public LocalAdapter(LocalNamespace namespace, AdapterConfig config) {
        this.namespace = namespace;
        this.index = new RoomIndex(namespace, config.maxRooms());
        this.ackTimeout = config.ackTimeout();
    }

    @Override
    public Uni<Void> addAll(String sid, Set<String> rooms) {
        try {
            index.add(sid, rooms);
            return Uni.createFrom().voidItem();
        } catch (TooManyRooms tooMany) {
            return Uni.createFrom().failure(tooMany);
        }
    }

    @Override
    public Uni<Void> del(String sid, String room) {
        index.remove(sid, room);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> delAll(String sid) {
        index.removeAll(sid);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Set<String> socketRooms(String sid) {
        return Set.copyOf(index.of(sid));
    }

    @Override
    public Uni<Void> broadcast(SocketIoPacket.Event packet, BroadcastOptions options) {
        if (options.flags().isVolatile()) {
            Frame frame = PacketFrames.of(packet);
            chosen(options).forEach(socket -> socket.sendVolatile(frame));
        } else {
            broadcast(packet, options, LogPlace.NONE);
        }
        return Uni.createFrom().voidItem();
    }

    /** Sends what has that place in the namespace's log; also to those who are just coming back. */
    public void broadcast(SocketIoPacket.Event packet, BroadcastOptions options, LogPlace place) {
        List<LocalSocket> receivers = new ArrayList<>();
        visit(options, sid -> namespace.receiver(sid).ifPresent(receivers::add));
        if (!receivers.isEmpty()) {
            Frame frame = PacketFrames.of(packet);
            receivers.forEach(socket -> socket.send(frame, place));
        }
    }

    /** Tells all sockets that something may have been for them which they do not get. */
    public void onGap() {
        visit(BroadcastOptions.ALL, sid -> namespace.receiver(sid).ifPresent(LocalSocket::onGap));
    }

    @Override
    public Uni<Gathered<JsonNode>> broadcastWithAck(
            SocketIoPacket.Event packet, BroadcastOptions options, AckObserver observer) {
        long ackId = namespace.nextAckId();
        Frame frame = PacketFrames.of(packet.withAckId(ackId));
        Duration limit = options.flags().timeout().orElse(ackTimeout);
        return new AckCollector(ackId, observer).ask(chosen(options), frame, limit);
    }

    @Override
    public Uni<Gathered<String>> sockets(Set<String> rooms) {
        BroadcastOptions options = new BroadcastOptions(rooms, Set.of(), BroadcastFlags.NONE);
        List<String> ids = chosen(options).stream().map(LocalSocket::id).toList();
        return Uni.createFrom().item(Gathered.complete(ids));
    }

    @Override
    public Uni<Gathered<String>> rooms() {
        return Uni.createFrom().item(Gathered.complete(List.copyOf(index.rooms())));
    }

    @Override
    public Uni<Gathered<SocketDetails>> fetchSockets(BroadcastOptions options) {
        List<SocketDetails> details =
                chosen(options).stream().map(LocalSocket::details).toList();
        return Uni.createFrom().item(Gathered.complete(details));
    }

    @Override
    public Uni<Void> addSockets(BroadcastOptions options, Set<String> rooms) {
        List<Uni<Void>> ends = chosen(options).stream()
                .map(socket -> addAll(socket.id(), rooms))
                .toList();
        return ends.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(ends).andCollectFailures().replaceWithVoid();
    }

    @Override
    public Uni<Void> delSockets(BroadcastOptions options, Set<String> rooms) {
        chosen(options).forEach(socket -> rooms.forEach(room -> index.remove(socket.id(), room)));
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> disconnectSockets(BroadcastOptions options, boolean close) {
        chosen(options).forEach(socket -> socket.disconnect(close));
        return Uni.createFrom().voidItem();
    }

    /** There is nobody else. */
    @Override
    public Uni<Void> serverSideEmit(ArrayNode event) {
        return Uni.createFrom().voidItem();
    }

    /** There is nobody else. */
    @Override
    public Uni<Gathered<JsonNode>> serverSideEmitWithAck(ArrayNode event, Duration timeout) {
        return Uni.createFrom().item(Gathered.complete(List.of()));
    }

    @Override
    public Uni<Integer> serverCount() {
        return Uni.createFrom().item(1);
    }

    /** Whether somebody on this node is in the room. */
    public boolean hasRoom(String room) {
        return !index.in(room).isEmpty();
    }

    /** Whether nobody on this node is in the namespace. */
    public boolean isEmpty() {
        return index.sockets().isEmpty();
    }

    private List<LocalSocket> chosen(BroadcastOptions options) {
        List<LocalSocket> chosen = new ArrayList<>();
        visit(options, sid -> namespace.socket(sid).ifPresent(chosen::add));
        return chosen;
    }

    private void visit(BroadcastOptions options, Consumer<String> action) {
        for (String sid : candidates(options.rooms())) {
            if (!isInOneOf(sid, options.except())) {
                action.accept(sid);
            }
        }
    }

    private Set<String> candidates(Set<String> rooms) {
        if (rooms.isEmpty()) {
            return index.sockets();
        } else if (rooms.size() == 1) {
            return index.in(rooms.iterator().next());
        }
        Set<String> union = new LinkedHashSet<>();
        rooms.forEach(room -> union.addAll(index.in(room)));
        return union;
    }

    private boolean isInOneOf(String sid, Set<String> rooms) {
        for (String room : rooms) {
            if (index.in(room).contains(sid)) {
                return true;
            }
        }
        return false;
    }
}
