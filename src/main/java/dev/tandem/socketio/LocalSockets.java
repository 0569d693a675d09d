package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.socketio.adapter.LocalNamespace;
import dev.tandem.socketio.adapter.LocalSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One namespace's sockets on this node, as its adapter sees them. From any thread. */
final class LocalSockets implements LocalNamespace {
    private final String name;
    private final HandlerRunner runner;
    private final Listeners serverSide;
    private final boolean logged;
    /** Connected, or about to be. */
    private final Map<String, Socket> known = new ConcurrentHashMap<>();

    private final AtomicLong ackIds = new AtomicLong();

    LocalSockets(String name, HandlerRunner runner, int maxHandlers, boolean logged) {
        this.name = name;
        this.runner = runner;
        this.serverSide = new Listeners(maxHandlers);
        this.logged = logged;
    }

    void add(Socket socket) {
        known.put(socket.id(), socket);
    }

    void remove(Socket socket) {
        known.remove(socket.id(), socket);
    }

    /** Handlers of what other servers say. */
    Listeners serverSide() {
        return serverSide;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<LocalSocket> socket(String sid) {
        Socket socket = known.get(sid);
        return socket == null || !socket.isConnected() ? Optional.empty() : Optional.of(socket.local());
    }

    @Override
    public Optional<LocalSocket> receiver(String sid) {
        Socket socket = known.get(sid);
        boolean receives =
                socket != null && (socket.isConnected() || socket.local().isHolding());
        return receives ? Optional.of(socket.local()) : Optional.empty();
    }

    @Override
    public boolean isLogged() {
        return logged;
    }

    @Override
    public boolean knows(String sid) {
        return known.containsKey(sid);
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Override
    public void onServerSideEmit(ArrayNode data, Consumer<JsonNode> ack) {
        if (!data.isEmpty()) {
            Event event = new Event(data, ack == null ? null : answer -> ack.accept(first(answer)));
            serverSide.any().forEach(handler -> run(handler, event));
            serverSide.of(event.name()).forEach(handler -> run(handler, event));
        }
    }

    private void run(EventHandler handler, Event event) {
        runner.run("server", name, () -> handler.handle(event));
    }

    private static JsonNode first(ArrayNode answer) {
        return answer.isEmpty() ? NullNode.getInstance() : answer.get(0);
    }
}
