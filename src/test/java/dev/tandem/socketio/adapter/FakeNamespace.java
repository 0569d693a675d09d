package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A namespace without clients: its sockets keep what they are given. It answers other servers with its name. */
public final class FakeNamespace implements LocalNamespace {
    private final String name;
    private final boolean logged;
    private final Map<String, FakeSocket> sockets = new ConcurrentHashMap<>();
    private final AtomicLong ackIds = new AtomicLong();
    private final List<ArrayNode> heard = new CopyOnWriteArrayList<>();

    public FakeNamespace(String name) {
        this(name, false);
    }

    private FakeNamespace(String name, boolean logged) {
        this.name = name;
        this.logged = logged;
    }

    /** One whose broadcasts are kept. */
    public static FakeNamespace logged(String name) {
        return new FakeNamespace(name, true);
    }

    public void add(FakeSocket socket) {
        sockets.put(socket.id(), socket);
    }

    public void remove(FakeSocket socket) {
        sockets.remove(socket.id());
    }

    /** Everybody who is here. */
    public Collection<FakeSocket> sockets() {
        return sockets.values();
    }

    /** What other servers said. */
    public List<ArrayNode> heard() {
        return heard;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<FakeSocket> socket(String sid) {
        return Optional.ofNullable(sockets.get(sid)).filter(FakeSocket::isConnected);
    }

    @Override
    public boolean isLogged() {
        return logged;
    }

    @Override
    public boolean knows(String sid) {
        return sockets.containsKey(sid);
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Override
    public void onServerSideEmit(ArrayNode event, Consumer<JsonNode> ack) {
        heard.add(event);
        if (ack != null) {
            ack.accept(JsonNodeFactory.instance.textNode(name));
        }
    }
}
