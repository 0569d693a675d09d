package dev.tandem.socketio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.socketio.adapter.PacketFrames;
import dev.tandem.socketio.codec.SocketIoPacket;
import java.util.function.Consumer;

/** What becomes of one socket's events: catch-all handlers, middleware, handlers. Touched on the session's event loop only. */
final class SocketEvents {
    private final Socket socket;
    private final HandlerRunner runner;
    private final Listeners listeners;
    private final EventQueue queue;

    SocketEvents(Socket socket, SocketIoClient client) {
        this.socket = socket;
        this.runner = client.runner();
        this.listeners = new Listeners(client.config().maxHandlers());
        this.queue = new EventQueue(socket, client.config(), runner, this::deliver);
    }

    Listeners listeners() {
        return listeners;
    }

    EventQueue queue() {
        return queue;
    }

    void onEvent(SocketIoPacket.Event packet) {
        Event event = new Event(packet.data(), answer(packet));
        listeners.any().forEach(handler -> run(handler, event));
        queue.add(event);
    }

    private void deliver(Event event) {
        if (socket.isConnected()) {
            run(wanted -> socket.namespace().handler().onEvent(socket, wanted), event);
            listeners.of(event.name()).forEach(handler -> run(handler, event));
        }
    }

    private void run(EventHandler handler, Event event) {
        runner.run("event", socket.namespace().name(), () -> handler.handle(event));
    }

    private Consumer<ArrayNode> answer(SocketIoPacket.Event packet) {
        if (packet.ackId().isEmpty()) {
            return null;
        }
        long ackId = packet.ackId().getAsLong();
        return arguments -> socket.send(PacketFrames.of(new SocketIoPacket.Ack(packet.namespace(), ackId, arguments)));
    }
}
