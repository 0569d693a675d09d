package dev.tandem.redis;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The real Redis that is started where none is configured: for a first try, for development and for tests; not for production.
 * It listens on loopback only, keeps an append-only file in its directory, and is stopped last of all. A small shell guards it:
 * the guard keeps Ctrl-C away from it, so that the node can say goodbye first, and stops it when the node is gone, however the
 * node went.
 */
@Singleton
public class EmbeddedRedis {
    private static final Logger LOG = Logger.getLogger(EmbeddedRedis.class);
    private static final long STOP_SECONDS = 10;
    /** Standard input is a pipe that the node holds open; its end is the sign to stop. */
    private static final String GUARD =
            "trap '' INT HUP; set -m 2>/dev/null; \"$0\" \"$@\" </dev/null & redis=$!; set +m;"
                    + " trap 'kill -TERM $redis' TERM; cat >/dev/null; kill -TERM $redis 2>/dev/null; wait $redis";

    private final RedisConfig.Embedded config;
    private FileChannel lock;
    private Process guard;

    EmbeddedRedis(RedisConfig config) {
        this.config = config.embedded();
    }

    /** Starts the server and tells {@code ready} where, on another thread, when it takes connections. Blocks for milliseconds. */
    void start(Consumer<RedisAddress> ready) {
        try {
            Path dir = Files.createDirectories(config.dir().toAbsolutePath().normalize());
            claim(dir);
            stopOrphan(dir);
            int port = config.port().isPresent() ? config.port().getAsInt() : freePort();
            guard = launch(EmbeddedRedisBinary.unpack(dir), dir, port);
            RedisAddress address = new RedisAddress("redis://127.0.0.1:" + port);
            follow(address, ready);
            LOG.warnf(
                    "No tandem.redis.url is set: using an embedded Redis, not meant for production: url=%s dir=%s",
                    address, dir);
        } catch (IOException failure) {
            throw new UncheckedIOException("The embedded Redis could not be started", failure);
        }
    }

    /** The very last step of a stop. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        if (guard == null) {
            return;
        }
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The embedded Redis did not stop in time and is killed");
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
            lock.close();
        } catch (IOException failure) {
            LOG.warn("The embedded Redis could not be stopped cleanly", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Two nodes must not run two servers on one directory. */
    private void claim(Path dir) throws IOException {
        lock = FileChannel.open(dir.resolve("tandem.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("The embedded Redis' directory is claimed by this very process");
        }
        lock.close();
        throw new IllegalStateException("Another node runs an embedded Redis in " + dir
                + ". Set TANDEM_REDIS_URL to share its Redis, or TANDEM_REDIS_EMBEDDED_DIR for one of its own.");
    }

    /** A server that outlived its node would write to the files that a new one is about to read. */
    private static void stopOrphan(Path dir) throws IOException {
        Path pidFile = dir.resolve("redis.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readString(pidFile).strip();
        if (pid.matches("\\d{1,18}")) {
            ProcessHandle.of(Long.parseLong(pid)).filter(EmbeddedRedis::isOurs).ifPresent(EmbeddedRedis::stopAndWait);
        }
        Files.deleteIfExists(pidFile);
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().command().orElse("").contains(EmbeddedRedisBinary.NAME);
    }

    private static void stopAndWait(ProcessHandle orphan) {
        LOG.warnf("Stopping the embedded Redis that an earlier node left behind: pid=%d", orphan.pid());
        orphan.destroy();
        orphan.onExit()
                .completeOnTimeout(orphan, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        orphan.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(Path binary, Path dir, int port) throws IOException {
        List<String> server = List.of(
                binary.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                dir.toString(),
                "--pidfile",
                dir.resolve("redis.pid").toString(),
                "--appendonly",
                "yes",
                "--save",
                "");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD));
        command.addAll(server);
        return new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Reads what the server says for as long as it lives; it would stall if nobody did. */
    private void follow(RedisAddress address, Consumer<RedisAddress> ready) {
        Thread follower = new Thread(() -> follow(guard, address, ready), "embedded-redis");
        follower.setDaemon(true);
        follower.start();
    }

    private static void follow(Process process, RedisAddress address, Consumer<RedisAddress> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                LOG.debugf("embedded redis: %s", line);
                if (line.contains("Ready to accept connections")) {
                    LOG.infof("The embedded Redis takes connections: url=%s", address);
                    ready.accept(address);
                }
            }
        } catch (IOException closed) {
            LOG.debug("The embedded Redis' output ended", closed);
        }
    }
}
