package dev.tandem.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real sentinel for tests, which watches a primary under the name "tandem" and decides alone. */
public final class SentinelProcess implements AutoCloseable {
    public static final String MASTER = "tandem";
    private static final Path PROGRAMS = Path.of("target", "redis");

    private final int port = FreePorts.next();
    private final String password;
    private final Process process;

    private SentinelProcess(int watched, String password) throws IOException {
        this.password = password;
        Path dir = Files.createTempDirectory(Files.createDirectories(PROGRAMS).toAbsolutePath(), "sentinel");
        Path settings = Files.write(
                dir.resolve("sentinel.conf"),
                List.of(
                        "bind 127.0.0.1",
                        "port " + port,
                        "dir " + dir,
                        password.isEmpty() ? "" : "requirepass " + password,
                        "sentinel monitor " + MASTER + " 127.0.0.1 " + watched + " 1",
                        "sentinel down-after-milliseconds " + MASTER + " 1500",
                        "sentinel failover-timeout " + MASTER + " 5000"));
        process = new ProcessBuilder(
                        EmbeddedRedisBinary.unpack(PROGRAMS.toAbsolutePath()).toString(),
                        settings.toString(),
                        "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("sentinel.log").toFile())
                .start();
        console().close();
    }

    public static SentinelProcess watching(RedisProcess primary) {
        return watching(primary, "");
    }

    static SentinelProcess watching(RedisProcess primary, String password) {
        try {
            return new SentinelProcess(primary.port(), password);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As it stands in the settings of a node. */
    public String node() {
        return "127.0.0.1:" + port;
    }

    public RedisConsole console() {
        return RedisConsole.open(port, password);
    }

    /** Waits until the sentinel has found so many replicas, without which there is nobody to promote. */
    public SentinelProcess awaitReplicas(int count) {
        try (RedisConsole console = console()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> replicas(console).size() == count);
        }
        return this;
    }

    /** Hangs the sentinel, as SIGSTOP does. */
    public void hang() {
        signal("STOP");
    }

    @Override
    public void close() {
        signal("CONT");
        process.destroy();
        if (!process.onExit()
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .thenApply(done -> !process.isAlive())
                .join()) {
            process.destroyForcibly();
        }
    }

    private static List<?> replicas(RedisConsole console) {
        return (List<?>) console.command("SENTINEL", "replicas", MASTER);
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
