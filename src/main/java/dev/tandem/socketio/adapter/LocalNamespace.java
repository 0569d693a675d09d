package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.function.Consumer;

/** A namespace on this node, as its adapter sees it. From any thread. */
public interface LocalNamespace {
    String name();

    /** The socket of that id, if it is connected to this node. */
    Optional<? extends LocalSocket> socket(String sid);

    /** The same, also if it has come back and is about to be connected: it receives already what it gets then. */
    default Optional<? extends LocalSocket> receiver(String sid) {
        return socket(sid);
    }

    /** Whether what is broadcast here is kept in a {@link BroadcastLog}, if the adapter has one, so that sockets can be recovered. */
    default boolean isLogged() {
        return false;
    }

    /** Whether the socket is connected to this node or about to be: one that is not can enter no room any more. */
    boolean knows(String sid);

    /** An id for an ack that no socket of this namespace waits for yet. */
    long nextAckId();

    /**
     * Another server says something: {@code event} is its name and its arguments. {@code ack}, called at most once and on any
     * thread, is null if no answer is wanted.
     */
    void onServerSideEmit(ArrayNode event, Consumer<JsonNode> ack);
}
