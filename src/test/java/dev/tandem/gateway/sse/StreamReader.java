package dev.tandem.gateway.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.node.TandemNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a stream of Server-Sent Events as a browser does, and keeps what it gets. */
public final class StreamReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Something that was dispatched. */
    public record Event(String id, String name, JsonNode data) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final HttpResponse<InputStream> response;
    private volatile String lastId;
    private volatile String retry;
    private volatile boolean broken;

    private StreamReader(URI uri, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        try {
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        Thread reader = new Thread(this::read, "stream reader");
        reader.setDaemon(true);
        reader.start();
    }

    public static StreamReader open(URI uri, Map<String, String> headers) {
        return new StreamReader(uri, headers);
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    public List<Event> events() {
        return events;
    }

    public List<Event> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    public List<Long> seqs() {
        return events("message").stream()
                .map(event -> event.data().path("seq").asLong())
                .toList();
    }

    /** As a browser would send it when it comes back. */
    public String lastId() {
        return lastId;
    }

    public String retry() {
        return retry;
    }

    public int comments() {
        return comments.get();
    }

    /** Completes when the server ends the stream, or the connection breaks. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Whether the connection broke, instead of being ended by the server. */
    public boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = null;
            String name = null;
            String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                    lastId = id;
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.startsWith("retry: ")) {
                    retry = line.substring(7);
                } else if (line.isEmpty()) {
                    if (data != null) {
                        events.add(new Event(id, name, TandemNode.JSON.readTree(data)));
                    }
                    id = null;
                    name = null;
                    data = null;
                }
            }
        } catch (IOException failure) {
            broken = true;
        } finally {
            ended.complete(null);
        }
    }
}
