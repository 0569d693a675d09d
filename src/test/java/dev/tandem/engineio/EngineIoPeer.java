package dev.tandem.engineio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that says what it is told to, over HTTP and WebSockets, whatever the protocol may think of it. */
final class EngineIoPeer {
    static final String CLOSED = "closed ";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    EngineIoPeer(URI uri) {
        this.uri = uri;
    }

    /** Opens a session by long-polling and returns its sid. */
    String open() {
        return json(get("EIO=4&transport=polling").body().substring(1))
                .path("sid")
                .asText();
    }

    HttpResponse<String> get(String query, String... headers) {
        return send("GET", query, null, headers).join();
    }

    CompletableFuture<HttpResponse<String>> send(String method, String query, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/socket.io/?" + query))
                .timeout(LONG)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> poll(String sid) {
        return send("GET", query(sid), null);
    }

    HttpResponse<String> post(String sid, String body) {
        return send("POST", query(sid), body.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/plain")
                .join();
    }

    Socket webSocket(String query, String... headers) {
        Socket socket = new Socket();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket.connection = builder.buildAsync(
                        URI.create("ws://" + uri.getAuthority() + "/socket.io/?" + query), socket)
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
        return socket;
    }

    Socket upgrade(String sid) {
        return webSocket("EIO=4&transport=websocket&sid=" + sid);
    }

    /** Asks for a WebSocket and has gone before the answer. */
    void askAndGo(String query, String... headers) {
        StringBuilder request =
                new StringBuilder("GET /socket.io/?" + query + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i] + ": " + headers[i + 1] + "\r\n");
        }
        try (java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String query(String sid) {
        return "EIO=4&transport=polling&sid=" + sid;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** One WebSocket and what came in on it: texts, {@code binary 01ff}, and at the end {@code closed 1000}. */
    static final class Socket implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket connection;
        private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

        void send(String... texts) {
            for (String text : texts) {
                lastSend = lastSend.thenCompose(done -> connection.sendText(text, true));
            }
        }

        void send(byte[] data) {
            lastSend = lastSend.thenCompose(done -> connection.sendBinary(ByteBuffer.wrap(data), true));
        }

        /** The next frame; fails if there is none. */
        String next() {
            try {
                String frame = frames.poll(LONG.toSeconds(), TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("nothing came");
                }
                return frame;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        /** Whether all that came was taken by {@link #next}. */
        boolean isQuiet() {
            return frames.isEmpty();
        }

        void close() {
            lastSend.thenCompose(done -> connection.sendClose(1000, "")).join();
        }

        void abort() {
            connection.abort();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            frames.add("binary " + HexFormat.of().formatHex(bytes));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            frames.add(CLOSED + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            frames.add(CLOSED + "1006");
        }
    }
}
