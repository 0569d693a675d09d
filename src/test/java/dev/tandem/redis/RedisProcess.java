package dev.tandem.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Redis for tests, from the binary that the embedded Redis uses too; it can be killed, hung and started again. */
public final class RedisProcess implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("target", "redis");

    private final int port = FreePorts.next();
    private final Path dir;
    private final List<String> settings;
    private Process process;

    private RedisProcess(String... settings) throws IOException {
        this.settings = List.of(settings);
        Files.createDirectories(PROGRAMS);
        dir = Files.createTempDirectory(PROGRAMS.toAbsolutePath(), "data");
    }

    /** Starts a server on a free port and waits until it answers. */
    public static RedisProcess start() {
        return start(new String[0]);
    }

    /** Starts a server with further settings of Redis', each {@code --name} followed by its values. */
    public static RedisProcess start(String... settings) {
        try {
            RedisProcess redis = new RedisProcess(settings);
            redis.launch();
            return redis;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a replica of that server and waits until it has what its primary has. */
    public static RedisProcess replicaOf(RedisProcess primary) {
        RedisProcess replica = start("--replicaof", "127.0.0.1 " + primary.port());
        try (RedisConsole console = replica.console()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> String.valueOf(console.command("ROLE")).contains("connected"));
        }
        return replica;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A connection of the test's own. */
    public RedisConsole console() {
        return RedisConsole.open(port, password());
    }

    /** The password of the default user; empty if there is none. */
    private String password() {
        int at = settings.indexOf("--requirepass");
        return at < 0 ? "" : settings.get(at + 1);
    }

    /** Ends the server as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Hangs the server, as SIGSTOP does: its connections stay open and say nothing. */
    public void hang() {
        signal("STOP");
    }

    /** The server goes on. */
    public void goOn() {
        signal("CONT");
    }

    /** Starts the server again, on the same port and the same data. */
    public void launch() throws IOException {
        Path log = dir.resolve("redis.log");
        List<String> command = new ArrayList<>(List.of(
                EmbeddedRedisBinary.unpack(PROGRAMS.toAbsolutePath()).toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                dir.toString(),
                "--appendonly",
                "yes",
                "--save",
                "",
                "--enable-debug-command",
                "local",
                "--repl-diskless-sync-delay",
                "0"));
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        console().close();
    }

    @Override
    public void close() {
        process.destroy();
        if (!process.onExit()
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .thenApply(done -> !process.isAlive())
                .join()) {
            process.destroyForcibly();
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
