package dev.tandem.bench;

import java.util.List;
import java.util.Map;

/** A Redis that keeps nothing on disk, beside the load. Each server has one of its own: on one they would be one cluster. */
final class RedisServer implements AutoCloseable {
    private final int port = Ports.free();
    private final Child process;

    RedisServer(Programs programs) {
        process = Child.start(
                "redis",
                Machine.LOAD,
                Map.of(),
                List.of(
                        programs.redis.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--appendonly",
                        "no"));
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
    }
}
