package dev.tandem.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A client of the plain WebSocket door. */
public final class PlainPeer extends Peer implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicLong refs = new AtomicLong();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    private PlainPeer(URI uri, Map<String, String> headers, String... protocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        headers.forEach(builder::header);
        socket = builder.buildAsync(uri, this).orTimeout(20, TimeUnit.SECONDS).join();
    }

    public static PlainPeer connect(URI uri) {
        return connect(uri, Map.of());
    }

    public static PlainPeer connect(URI uri, Map<String, String> headers) {
        return new PlainPeer(uri, headers);
    }

    /** One that offers these sub-protocols. */
    public static PlainPeer connectWith(URI uri, String... protocols) {
        return new PlainPeer(uri, Map.of(), protocols);
    }

    @Override
    public CompletableFuture<JsonNode> command(String name, ObjectNode fields) {
        long ref = refs.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(ref, answer);
        sendText(fields.deepCopy().put("cmd", name).put("ref", ref).toString());
        return answer;
    }

    /** Sends a frame as it is. */
    public synchronized void sendText(String text) {
        lastSend = lastSend.thenCompose(done -> socket.sendText(text, true));
    }

    /** Sends a binary frame. */
    public synchronized void sendBinary(byte[] bytes) {
        lastSend = lastSend.thenCompose(done -> socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true));
    }

    /** Completes with the close code. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            onFrame(text);
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

    @Override
    public void close() {
        socket.abort();
    }

    /** What is not JSON, as the frames of other protocols, is kept as text. */
    private void onFrame(String text) {
        JsonNode frame = json(text);
        CompletableFuture<JsonNode> answer = asked.remove(frame.path("ref").asLong(-1));
        if (answer != null) {
            answer.complete(frame);
        } else {
            onEvent(frame.path("event").asText("error"), frame);
        }
    }

    private static JsonNode json(String text) {
        try {
            return TandemNode.JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return TextNode.valueOf(text);
        }
    }
}
