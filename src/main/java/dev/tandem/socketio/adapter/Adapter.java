package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.socketio.codec.SocketIoPacket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in which room of one namespace, and the way to all of them, on this node or on others.
 *
 * <p>Every method may be called from any thread, and acts when it is called: the result tells how it ended, and need not be
 * subscribed to. Results arrive on any thread. What depends on other nodes ends at a deadline, with what has arrived by then and
 * with who is missing ({@link Gathered}); a node that cannot be reached fails nothing on this one.
 */
public interface Adapter {

    /** Called once, before the first socket; completes when the adapter hears of other nodes. */
    default Uni<Void> init() {
        return Uni.createFrom().voidItem();
    }

    /** Called once, when the namespace is not needed any more. */
    default Uni<Void> close() {
        return Uni.createFrom().voidItem();
    }

    /** What was broadcast here, for those who lose their connection; empty if that is not kept, and nobody can be recovered. */
    default Optional<BroadcastLog> log() {
        return Optional.empty();
    }

    /** A socket of this node enters rooms. Fails with {@link TooManyRooms} and changes nothing then; one that is gone stays gone. */
    Uni<Void> addAll(String sid, Set<String> rooms);

    /** A socket of this node leaves a room. */
    Uni<Void> del(String sid, String room);

    /** A socket of this node leaves everything: it is gone. */
    Uni<Void> delAll(String sid);

    /** The rooms of a socket of this node: a copy; empty if it is not here. */
    Set<String> socketRooms(String sid);

    /** Sends an event, encoded once, to everybody whom the options choose. Completes when it is on its way. */
    Uni<Void> broadcast(SocketIoPacket.Event packet, BroadcastOptions options);

    /**
     * The same, and waits for the first argument of everybody's ack, as long as the options say. Completes with those that came.
     * {@code observer} hears of each as it comes.
     */
    Uni<Gathered<JsonNode>> broadcastWithAck(
            SocketIoPacket.Event packet, BroadcastOptions options, AckObserver observer);

    /** The ids of the sockets in one of the rooms, or of all if none is named. */
    Uni<Gathered<String>> sockets(Set<String> rooms);

    /** The rooms in which somebody is. */
    Uni<Gathered<String>> rooms();

    /** What can be told of everybody whom the options choose. */
    Uni<Gathered<SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Makes everybody whom the options choose enter rooms; who would be in too many stays out. */
    Uni<Void> addSockets(BroadcastOptions options, Set<String> rooms);

    /** Makes everybody whom the options choose leave rooms. */
    Uni<Void> delSockets(BroadcastOptions options, Set<String> rooms);

    /** Puts everybody whom the options choose out of the namespace, or with {@code close} ends their sessions. */
    Uni<Void> disconnectSockets(BroadcastOptions options, boolean close);

    /** Tells the other servers something: {@code event} is its name and its arguments. */
    Uni<Void> serverSideEmit(ArrayNode event);

    /** The same, and waits for an answer from each of them. */
    Uni<Gathered<JsonNode>> serverSideEmitWithAck(ArrayNode event, Duration timeout);

    /** How many servers there are, this one included. */
    Uni<Integer> serverCount();
}
