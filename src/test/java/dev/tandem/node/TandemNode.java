package dev.tandem.node;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.redis.FreePorts;
import dev.tandem.redis.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A node as its users run it: the packaged jar in a process of its own. */
public final class TandemNode implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LOGS = Path.of("target", "node-logs");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /**
     * A node of the tests lives for seconds, in which optimizing its code, and collecting what its start leaves, costs more than it
     * brings. The archive of classes is for a JVM in the jar's folder only.
     */
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn100m", "-XX:SharedArchiveFile=app-cds.jsa");

    /** A test that fails, or is interrupted, leaves no node behind. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;

    private TandemNode(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts a node on that Redis and waits until it is ready. */
    public static TandemNode start(String name, RedisProcess redis, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("TANDEM_REDIS_URL", redis.url());
        return start(name, all);
    }

    /** Starts a node and waits until it is ready. */
    public static TandemNode start(String name, Map<String, String> settings) {
        TandemNode node = launch(name, settings);
        await().atMost(PATIENCE).until(() -> node.isReady());
        return node;
    }

    /** Starts a node. */
    public static TandemNode launch(String name, Map<String, String> settings) {
        try {
            Files.createDirectories(LOGS);
            Path log = Files.createTempFile(LOGS, name + "-", ".log");
            int port = settings.containsKey("QUARKUS_HTTP_PORT")
                    ? Integer.parseInt(settings.get("QUARKUS_HTTP_PORT"))
                    : FreePorts.next();
            Path jar = Path.of(System.getProperty("tandem.jar"));
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(QUICK_START);
            command.addAll(List.of("-Xmx256m", "-jar", jar.getFileName().toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(jar.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
            builder.environment().put("TANDEM_NODE_ID", name);
            builder.environment().put("TANDEM_SESSION_SECRET", "a-secret-of-the-tests");
            builder.environment().putAll(settings);
            Process process = builder.start();
            STARTED.add(process);
            return new TandemNode(name, port, log, process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String name() {
        return name;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public URI webSocketUri(String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    /** The names of the node's two connections. */
    public List<String> connectionNames() {
        return List.of("tandem:" + name + ":commands", "tandem:" + name + ":pubsub");
    }

    public boolean isReady() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The node ended with " + process.exitValue() + ":\n" + log());
            }
            return false;
        }
    }

    public HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return exchange(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** As who has that cookie. */
    public HttpResponse<String> post(String path, String json, String cookie) {
        return exchange(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The cookie of a new guest. */
    public String newSession() {
        String cookie =
                post("/api/session", "{}").headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    public HttpResponse<String> delete(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** The room that was created. */
    public String createRoom(String room) {
        int status = post("/api/rooms", "{\"id\":\"" + room + "\"}").statusCode();
        if (status != 201) {
            throw new IllegalStateException("The room could not be created: " + status);
        }
        return room;
    }

    /** The whole history of a room, by pages. */
    public List<JsonNode> history(String room) {
        List<JsonNode> messages = new ArrayList<>();
        while (true) {
            long after = messages.isEmpty()
                    ? 0
                    : messages.get(messages.size() - 1).path("seq").asLong();
            JsonNode page = json(get("/api/rooms/" + room + "/messages?limit=200&after=" + after));
            if (page.path("items").isEmpty()) {
                return messages;
            }
            page.path("items").forEach(messages::add);
        }
    }

    /** How many users are in a room, as this node says. */
    public long members(String room) {
        return json(get("/api/rooms/" + room + "/members")).path("count").asLong();
    }

    /** The sum of the metrics' samples that begin so. */
    public double metric(String sample) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Stops the node as Kubernetes does, and waits; completes with the exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** Ends the node as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public int awaitExit() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** Sends the process a signal: {@code STOP} hangs it, {@code CONT} lets it go on. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Process process() {
        return process;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
