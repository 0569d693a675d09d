package dev.tandem.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Runs the load generator against a server; each run has rooms of its own, in which nobody is left of another. */
final class Swarm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_BEYOND = 120;
    private static final double BUSY = 90;

    private final Programs programs;
    private final AtomicInteger runs = new AtomicInteger();

    Swarm(Programs programs) {
        this.programs = programs;
    }

    /** The result; where the load generator was as busy as it can be, that of another run in which it looks for input less often. */
    Result run(Server server, Load load) {
        Result result = once(server, load);
        if (result.loadCpu() > BUSY && load.options().contains("--window")) {
            return once(server, load.with("--coalesce", 1)).coalesced();
        }
        return result;
    }

    private Result once(Server server, Load load) {
        String set = "set" + runs.incrementAndGet();
        server.createRooms(set, load.rooms());
        List<String> command = new ArrayList<>(List.of(
                programs.swarm.toString(),
                "--port",
                server.ports().stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--conns",
                Integer.toString(load.connections()),
                "--rooms",
                Integer.toString(load.rooms()),
                "--time",
                Integer.toString(load.seconds()),
                "--conn-timeout",
                "60",
                "--src-count",
                "2"));
        server.pids().forEach(pid -> command.addAll(List.of("--server-pid", pid.toString())));
        command.addAll(server.dialect(set));
        command.addAll(load.options());
        Duration limit = Duration.ofSeconds(load.seconds() + SECONDS_BEYOND);
        String said = Child.output(limit, Machine.LOAD, command);
        try {
            Result result = new Result(JSON.readTree(said), false);
            System.err.println(server.name() + ": " + result);
            return result;
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(said, unreadable);
        }
    }
}
