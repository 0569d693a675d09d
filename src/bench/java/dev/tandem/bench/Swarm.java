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
    private static final int REPEATS = Integer.getInteger("bench.repeats", 2);

    private final Programs programs;
    private final AtomicInteger runs = new AtomicInteger();

    Swarm(Programs programs) {
        this.programs = programs;
    }

    /**
     * The result. A run that others disturbed is done again, {@code bench.repeats} times at most; the least disturbed one counts. Where the load
     * generator was as busy as it can be, another run is made in which it looks for input less often.
     */
    Result run(Server server, Load load) {
        Result result = undisturbed(server, load);
        if (result.loadCpu() > BUSY && load.options().contains("--window")) {
            return undisturbed(server, load.with("--coalesce", 1));
        }
        return result;
    }

    private Result undisturbed(Server server, Load load) {
        Result result = once(server, load);
        for (int repeats = 0; result.isDisturbed() && repeats < REPEATS; repeats++) {
            Result again = once(server, load);
            result = !again.isDisturbed() || again.others() < result.others() ? again : result;
        }
        return result;
    }

    /** One run, whatever comes of it. */
    Result once(Server server, Load load) {
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
        server.redisPid().ifPresent(pid -> command.addAll(List.of("--beside", Long.toString(pid))));
        command.addAll(server.dialect(set));
        command.addAll(load.options());
        Duration limit = Duration.ofSeconds(load.seconds() + SECONDS_BEYOND);
        Others others = new Others();
        String said = Child.output(limit, Machine.LOAD, command);
        try {
            Result result = new Result(load, JSON.readTree(said), others.percent(), others.stolen());
            System.err.println(server.name() + ": " + result);
            return result;
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(said, unreadable);
        }
    }
}
