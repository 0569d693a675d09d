package dev.tandem.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A Socket.IO client that speaks the protocol by hand, so that it can lose its connection, and come back, in ways of its own. */
public final class RawSocket implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final CompletableFuture<JsonNode> connected = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> refused = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Map<Integer, CompletableFuture<JsonNode>> acks = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final String connect;
    private WebSocket socket;
    private int commands;

    private RawSocket(String connect) {
        this.connect = connect;
    }

    /** Comes as nobody, or back as who that was, after the last event that it got. */
    static RawSocket connect(TandemNode node, RawSocket lost) {
        return connect(node, lost, lost == null ? null : lost.offset(lost.events.size() - 1));
    }

    static RawSocket connect(TandemNode node, RawSocket lost, String offset) {
        ObjectNode auth = JSON.createObjectNode();
        if (lost != null) {
            auth.put("pid", lost.pid()).put("offset", offset);
        }
        return open(node.webSocketUri(PATH), Map.of(), auth).entered();
    }

    /** Comes to that node with these headers, and this to show in the namespace. */
    public static RawSocket connect(URI node, Map<String, String> headers, ObjectNode auth) {
        return open(URI.create("ws://" + node.getAuthority() + PATH), headers, auth)
                .entered();
    }

    /** Comes back after the last event that it got, with nothing else to show; perhaps it is refused. */
    public RawSocket comeBack(URI node) {
        ObjectNode auth = JSON.createObjectNode().put("pid", pid()).put("offset", offset(events.size() - 1));
        return open(URI.create("ws://" + node.getAuthority() + PATH), Map.of(), auth);
    }

    private static RawSocket open(URI uri, Map<String, String> headers, ObjectNode auth) {
        RawSocket raw = new RawSocket("40" + auth);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        raw.socket = builder.buildAsync(uri, raw).join();
        return raw;
    }

    private RawSocket entered() {
        connected.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        return this;
    }

    /** What the CONNECT_ERROR says. */
    public JsonNode refusal() {
        return refused.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    public String sid() {
        return entered().connected.join().path("sid").asText();
    }

    public String pid() {
        return entered().connected.join().path("pid").asText();
    }

    /** The id of the user who the server says this is. */
    public String user() {
        await().atMost(SOON).until(() -> !events("welcome").isEmpty());
        return events("welcome").get(0).path("user").path("id").asText();
    }

    public void join(String room) {
        JsonNode answer = command("join", JSON.createObjectNode().put("room", room));
        if (!answer.path("ok").asBoolean()) {
            throw new IllegalStateException(answer.toString());
        }
    }

    public JsonNode command(String name, ObjectNode fields) {
        int number = commands++;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        acks.put(number, answer);
        socket.sendText("42" + number + JSON.createArrayNode().add(name).add(fields), true)
                .join();
        return answer.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** What the events of that name had as their first argument. */
    public List<JsonNode> events(String name) {
        return events.stream()
                .filter(event -> event.get(0).asText().equals(name))
                .map(event -> event.get(1))
                .toList();
    }

    public List<Long> seqs(String room) {
        return events("message").stream()
                .filter(message -> message.path("room").asText().equals(room))
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    public void awaitMessages(int count) {
        await().atMost(SOON).until(() -> events("message").size() >= count);
    }

    /** The offset that came with that message, counted from 0. */
    String offsetOfMessage(int index) {
        List<JsonNode> messages = events.stream()
                .filter(event -> event.get(0).asText().equals("message"))
                .toList();
        return messages.get(index).get(2).asText();
    }

    /** Cuts the connection, without a word. */
    public void drop() {
        socket.abort();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            onFrame(webSocket, whole);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        closed.complete(1006);
    }

    private void onFrame(WebSocket webSocket, String frame) {
        if (frame.startsWith("0")) {
            webSocket.sendText(connect, true);
        } else if (frame.equals("2")) {
            webSocket.sendText("3", true);
        } else if (frame.startsWith("40")) {
            connected.complete(json(frame.substring(2)));
        } else if (frame.startsWith("44")) {
            refused.complete(json(frame.substring(2)));
        } else if (frame.startsWith("42")) {
            events.add(json(frame.substring(2)));
        } else if (frame.startsWith("43")) {
            int array = frame.indexOf('[');
            acks.remove(Integer.parseInt(frame.substring(2, array)))
                    .complete(json(frame.substring(array)).get(0));
        }
    }

    /** That of the last event, up to this one, that has one. */
    private String offset(int index) {
        for (int i = index; i >= 0; i--) {
            JsonNode last = events.get(i).get(events.get(i).size() - 1);
            if (last.isTextual() && events.get(i).size() > 1) {
                return last.asText();
            }
        }
        return null;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
