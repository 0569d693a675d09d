package dev.tandem.socketio;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that remembers what the official JavaScript one does, its private id and the last argument of the last event, and comes back
 * with it.
 */
final class ReturningClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server;
    private final String namespace;
    private final String name;
    private RawClient connection;
    private JsonNode welcome;
    private String offset;

    ReturningClient(URI server, String namespace, String name) {
        this.server = server;
        this.namespace = namespace;
        this.name = name;
        connect(JSON.createObjectNode());
    }

    String sid() {
        return welcome.path("sid").asText();
    }

    String pid() {
        return welcome.path("pid").asText();
    }

    /** Null before the first event. */
    String offset() {
        return offset;
    }

    /** The first arguments of all hellos since the last call, once one of them is {@code last}. */
    List<Object> hellosUpTo(Object last) {
        List<Object> heard = new ArrayList<>();
        while (heard.isEmpty() || !heard.get(heard.size() - 1).equals(last)) {
            heard.add(next());
        }
        return heard;
    }

    /** The first argument of the next hello. */
    Object next() {
        JsonNode event = read((String) connection.next());
        JsonNode last = event.get(event.size() - 1);
        offset = last.isTextual() ? last.textValue() : offset;
        JsonNode argument = event.get(1);
        return argument.isInt() ? argument.asInt() : argument.asText();
    }

    /** Cut, without a word. */
    ReturningClient lose(KeptNamespaces kept) {
        await().atMost(PATIENCE).until(() -> isIn(kept));
        connection.close();
        await().atMost(PATIENCE).until(() -> kept.socket(name) == null);
        return this;
    }

    private boolean isIn(KeptNamespaces kept) {
        Socket socket = kept.socket(name);
        return socket != null && socket.id().equals(sid());
    }

    /** True if it is who it was. */
    boolean comeBack() {
        return comeBack(offset, JSON.createObjectNode());
    }

    /** The same, through a door. */
    ReturningClient comeBackThrough(String door) {
        begin(offset, JSON.createObjectNode().put("door", door));
        return this;
    }

    /** The same, having got less than it has. */
    boolean comeBackFrom(String earlier) {
        return comeBack(earlier, JSON.createObjectNode());
    }

    /** What it is told when the door opens. */
    boolean isRecovered() {
        String before = sid();
        welcome = read((String) connection.next());
        return sid().equals(before);
    }

    private boolean comeBack(String from, ObjectNode auth) {
        begin(from, auth);
        return isRecovered();
    }

    private void begin(String from, ObjectNode auth) {
        auth.put("pid", pid());
        if (from != null) {
            auth.put("offset", from);
        }
        open(auth);
    }

    private void connect(ObjectNode auth) {
        open(auth);
        welcome = read((String) connection.next());
    }

    private void open(ObjectNode auth) {
        connection = new RawClient(server);
        connection.text("40" + namespace + "," + auth.put("name", name));
    }

    private static JsonNode read(String frame) {
        try {
            return JSON.readTree(frame.substring(frame.indexOf(',') + 1));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
