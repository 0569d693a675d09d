package dev.tandem.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The usual way to take messages over HTTP: Express and node-redis, with Tandem's own script. */
final class ExpressServer implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("src", "main", "resources", "redis", "post-message.lua").toAbsolutePath();

    private final RedisServer redis;
    private final int port = Ports.free();
    private final Child process;

    ExpressServer(Programs programs) {
        redis = new RedisServer(programs);
        process = Child.start(
                "express",
                Machine.SERVER,
                Map.of("NODE_ENV", "production"),
                List.of(
                        "node",
                        Programs.NODE_SCRIPTS.resolve("publish.js").toString(),
                        Integer.toString(port),
                        Integer.toString(redis.port()),
                        SCRIPT.toString()));
        Ports.awaitOpen(port, process);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
        redis.close();
    }
}
