package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.socketio.adapter.SocketDetails;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/** A socket of this or of another node, as it was when it was asked for. What is done to it reaches it wherever it is. */
public final class RemoteSocket {
    private final SocketDetails details;
    private final BroadcastOperator itself;

    RemoteSocket(SocketDetails details, BroadcastOperator itself) {
        this.details = details;
        this.itself = itself;
    }

    public String id() {
        return details.id();
    }

    /** {@code {address, time, issued, query, auth, ...}}, as servers of Socket.IO tell each other. */
    public JsonNode handshake() {
        return details.handshake();
    }

    public Set<String> rooms() {
        return details.rooms();
    }

    public JsonNode data() {
        return details.data();
    }

    public Uni<Void> emit(String event, Object... arguments) {
        return itself.emit(event, arguments);
    }

    /** Completes with one item, the first argument of the ack; fails with {@link Incomplete}. */
    public Uni<List<JsonNode>> emitWithAck(String event, Object... arguments) {
        return itself.emitWithAck(event, arguments);
    }

    public Uni<Void> join(String... rooms) {
        return itself.socketsJoin(rooms);
    }

    public Uni<Void> leave(String... rooms) {
        return itself.socketsLeave(rooms);
    }

    public Uni<Void> disconnect(boolean close) {
        return itself.disconnectSockets(close);
    }
}
