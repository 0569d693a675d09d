package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** A namespace and what happens in it; a CDI bean. Called on each socket's own event loop: do not block. */
public interface Namespace {

    /** The name, beginning with {@code /}. */
    String name();

    /** A client has come in; it has been told so already. */
    void onConnect(Socket socket);

    /** A client emitted an event; {@code ack}, to be called at most once, is null if it wants no answer. */
    void onEvent(Socket socket, String event, List<JsonNode> arguments, Consumer<String> ack);

    /** The client has left, for a reason in the words of Socket.IO. */
    void onDisconnect(Socket socket, String reason);
}
