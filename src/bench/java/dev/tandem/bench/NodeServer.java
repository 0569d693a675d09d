package dev.tandem.bench;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The usual stack: socket.io with the Redis adapter. */
final class NodeServer implements Server {
    private final RedisServer redis;
    private final int port = Ports.free();
    private final Child process;

    NodeServer(Programs programs) {
        redis = new RedisServer(programs);
        process = Child.start(
                "node",
                Machine.SERVER,
                Map.of("NODE_ENV", "production"),
                List.of(
                        "node",
                        Programs.NODE_SCRIPTS.resolve("server.js").toString(),
                        Integer.toString(port),
                        "redis",
                        Integer.toString(redis.port())));
        Ports.awaitOpen(port, process);
    }

    @Override
    public String name() {
        return "Node.js";
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public OptionalLong redisPid() {
        return OptionalLong.of(redis.pid());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public void createRooms(String set, int rooms) {
        // Rooms are there when somebody joins them.
    }

    @Override
    public List<String> dialect(String set) {
        return List.of(
                "--mode",
                "sio",
                "--join",
                "42[\"join\",\"" + set + "-%ROOM%\"]",
                "--joined",
                "\"joined\"",
                "--msg",
                "42[\"msg\",{\"room\":\"" + set + "-%ROOM%\",\"p\":\"%PAYLOAD%\"}]");
    }

    @Override
    public void close() {
        process.close();
        redis.close();
    }
}
