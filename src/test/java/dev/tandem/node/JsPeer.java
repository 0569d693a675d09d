package dev.tandem.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A script of {@code src/test/js} in a Node.js process of its own: a server with the Redis adapter, an emitter, the official
 * client. It is given commands and keeps what it tells; {@link JsLines} is how binary values cross. Each script's header says
 * its commands and its events.
 */
public final class JsPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;

    /** A test that fails, or is interrupted, leaves no process behind. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String script;
    private final Process process;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private JsPeer(String script, Process process) {
        this.script = script;
        this.process = process;
    }

    /** Starts that script, {@code server.js} for one; the test is skipped where there is no Node.js. */
    public static JsPeer start(String script) {
        NodeJs.require();
        try {
            Path log = NodeJs.newLog(script);
            Process process = new ProcessBuilder("node", script)
                    .directory(NodeJs.SCRIPTS.toFile())
                    .redirectError(log.toFile())
                    .start();
            STARTED.add(process);
            JsPeer peer = new JsPeer(script, process);
            Thread reader = new Thread(peer::read, script);
            reader.setDaemon(true);
            reader.start();
            return peer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static ObjectNode fields() {
        return JSON.createObjectNode();
    }

    /** The JSON of a test, which may use single quotes, as an object of fields. */
    public static ObjectNode fields(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Gives a command and waits for its answer; fails as the command fails, or after 20 seconds. */
    public JsonNode call(String command, ObjectNode fields) {
        try {
            return ask(command, fields).join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(script + ", " + command + " " + fields, failure.getCause());
        }
    }

    /** Gives a command; completes with its answer, and fails as the command fails, when the script ends, or after 20 seconds. */
    public CompletableFuture<JsonNode> ask(String command, ObjectNode fields) {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode line = (ObjectNode) JsLines.toLine(fields);
        write(line.put("id", id).put("do", command) + "\n");
        if (!process.isAlive()) {
            onEnd();
        }
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).whenComplete((done, failure) -> asked.remove(id));
    }

    /** Everything that was told, in its order. */
    public List<JsonNode> events() {
        return events;
    }

    /** The events of that name, such as {@code received}. */
    public List<JsonNode> events(String name) {
        return events.stream()
                .filter(event -> event.path("event").asText().equals(name))
                .toList();
    }

    /** Ends the process as kill -9 does. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        STARTED.remove(process);
    }

    private synchronized void write(String line) {
        try {
            process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            throw new UncheckedIOException(script + " takes no commands any more", ended);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                onLine(JsLines.fromLine(JSON.readTree(line)));
            }
        } catch (IOException closed) {
            events.add(fields().put("event", "closed").put("why", closed.getMessage()));
        } finally {
            onEnd();
        }
    }

    private void onLine(JsonNode line) {
        CompletableFuture<JsonNode> answer = asked.get(line.path("id").asLong());
        if (line.has("event")) {
            events.add(line);
        } else if (answer != null && line.path("ok").asBoolean()) {
            answer.complete(line.path("value"));
        } else if (answer != null) {
            answer.completeExceptionally(
                    new IllegalStateException(line.path("error").asText()));
        }
    }

    private void onEnd() {
        asked.values()
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException(script + " has ended")));
    }
}
