package dev.tandem.socketio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.socketio.adapter.PacketFrames;
import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.List;
import java.util.function.Consumer;

/**
 * What becomes of one socket's events: catch-all handlers, middleware, handlers. Touched on the session's event loop only, but for what adds
 * handlers and middleware. Most sockets have none of their own, and keep nothing for them.
 */
final class SocketEvents {
    private final Socket socket;
    private final SocketIoClient client;
    /** Null until the first is added. */
    private volatile Listeners listeners;
    /** Null as long as there is no middleware to wait for. */
    private volatile EventQueue queue;

    SocketEvents(Socket socket, SocketIoClient client) {
        this.socket = socket;
        this.client = client;
    }

    /** To add handlers, or take them away. From any thread. */
    synchronized Listeners listeners() {
        if (listeners == null) {
            listeners = new Listeners(client.config().maxHandlers());
        }
        return listeners;
    }

    /** As {@link EventQueue#use}. From any thread. */
    synchronized void use(EventMiddleware added) {
        EventQueue first =
                queue == null ? new EventQueue(socket, client.config(), client.runner(), this::deliver) : queue;
        first.use(added);
        queue = first;
    }

    void onEvent(SocketIoPacket.Event packet) {
        Event event = new Event(packet.data(), answer(packet));
        any().forEach(handler -> run(handler, event));
        if (queue == null) {
            deliver(event);
        } else {
            queue.add(event);
        }
    }

    /** The socket is gone. */
    void close() {
        if (queue != null) {
            queue.close();
        }
    }

    private void deliver(Event event) {
        if (socket.isConnected()) {
            run(wanted -> socket.namespace().handler().onEvent(socket, wanted), event);
            named(event.name()).forEach(handler -> run(handler, event));
        }
    }

    private List<EventHandler> any() {
        return listeners == null ? List.of() : listeners.any();
    }

    private List<EventHandler> named(String event) {
        return listeners == null ? List.of() : listeners.of(event);
    }

    private void run(EventHandler handler, Event event) {
        client.runner().run("event", socket.namespace().name(), () -> handler.handle(event));
    }

    private Consumer<ArrayNode> answer(SocketIoPacket.Event packet) {
        if (packet.ackId().isEmpty()) {
            return null;
        }
        long ackId = packet.ackId().getAsLong();
        return arguments -> socket.send(PacketFrames.of(new SocketIoPacket.Ack(packet.namespace(), ackId, arguments)));
    }
}
