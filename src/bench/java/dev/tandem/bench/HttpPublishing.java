package dev.tandem.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages that a backend posts over HTTP, to a room that nobody is in: as many as go, and half as many. */
final class HttpPublishing implements Scenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOM = "posted";
    private static final double DISTURBING = 15;
    private static final String BODY = "{\"text\":\"" + "x".repeat(64) + "\"}";
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 6;
    private static final int WARM_SECONDS = 2;
    /** One request at a time is another way through the code than many at once: a JVM compiles anew for some seconds. */
    private static final int WARM_SECONDS_AT_A_RATE = 12;

    /** {@code cookie} is null for a server without sessions. */
    private record Target(String name, int port, long pid, String cookie) {
        /** That has the room from now on, and knows the load generator by its session. */
        static Target of(String name, int port, long pid) {
            HttpCalls.createRoom(port, ROOM);
            return new Target(name, port, pid, HttpCalls.session(port, ROOM, BODY));
        }
    }

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table table = report.table(
                        "HTTP: POST /api/rooms/{room}/messages, 64 characters, %d connections; latencies at half of that"
                                .formatted(CONNECTIONS),
                        "requests/s",
                        "server CPU us each",
                        "requests per core-second",
                        "load CPU %",
                        "p50 ms at half",
                        "p99 ms at half",
                        "server CPU us each at half")
                .comparing("Tandem", "Express");
        table.remark(
                "Tandem",
                "also finds the session of the cookie, once a second in Redis, which the peer does not have.");
        try (TandemServer tandem = new TandemServer("Tandem", workshop.programs, Map.of());
                ExpressServer express = workshop.programs.node ? new ExpressServer(workshop.programs) : null) {
            List<Target> targets = new ArrayList<>();
            targets.add(Target.of("Tandem", tandem.ports().get(0), tandem.pids().get(0)));
            if (express != null) {
                targets.add(Target.of("Express", express.port(), express.pid()));
            }
            targets.forEach(target -> warmUp(workshop, target));
            for (int round = 0; round < workshop.rounds; round++) {
                for (Target target : targets) {
                    measure(workshop, table, target);
                }
            }
        }
    }

    private static void warmUp(Workshop workshop, Target target) {
        WarmUp.until(() -> load(workshop, target, 0, WARM_SECONDS, WARM_UP_SECONDS)
                .path("server_cpu_us")
                .asDouble());
    }

    private static void measure(Workshop workshop, Table table, Target target) {
        JsonNode full = load(workshop, target, 0, WARM_SECONDS, workshop.seconds);
        double most = full.path("requests_per_s").asDouble();
        double cpu = full.path("server_cpu_us").asDouble();
        table.add(target.name(), "requests/s", most);
        table.add(target.name(), "server CPU us each", cpu);
        table.add(target.name(), "requests per core-second", 1e6 / cpu);
        table.add(target.name(), "load CPU %", full.path("own_cpu_pct").asDouble());
        JsonNode half = load(workshop, target, most / 2, WARM_SECONDS_AT_A_RATE, workshop.seconds);
        table.add(target.name(), "p50 ms at half", half.path("p50_ms").asDouble());
        table.add(target.name(), "p99 ms at half", half.path("p99_ms").asDouble());
        table.add(
                target.name(),
                "server CPU us each at half",
                half.path("server_cpu_us").asDouble());
        for (JsonNode result : List.of(full, half)) {
            if (result.path("refused").asLong() + result.path("waiting").asLong() > 0) {
                table.remark(target.name(), result.toString());
            }
            if (result.path("others_pct").asDouble() > DISTURBING) {
                table.remark(target.name(), "other programs took more than %.0f %% of a core;".formatted(DISTURBING));
            }
        }
    }

    private static JsonNode load(Workshop workshop, Target target, double rate, int warmUp, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                workshop.programs.poster.toString(),
                "--port",
                Integer.toString(target.port()),
                "--path",
                "/api/rooms/" + ROOM + "/messages",
                "--body",
                BODY,
                "--conns",
                Integer.toString(CONNECTIONS),
                "--rate",
                Double.toString(rate),
                "--warmup",
                Integer.toString(warmUp),
                "--time",
                Integer.toString(seconds),
                "--server-pid",
                Long.toString(target.pid())));
        if (target.cookie() != null) {
            command.addAll(List.of("--header", "Cookie: " + target.cookie()));
        }
        Others others = new Others();
        String said = Child.output(Duration.ofSeconds(warmUp + seconds + 60L), Machine.LOAD, command);
        double disturbed = others.percent();
        System.err.printf("%s: %s others %.0f %%%n", target.name(), said, disturbed);
        try {
            return ((ObjectNode) JSON.readTree(said)).put("others_pct", disturbed);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(said, unreadable);
        }
    }
}
