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
    private static final int WARM_UP_SECONDS = 6;
    /** The load generator is a JVM itself, and new each time; at a rate it has first to catch up with what it could not send. */
    private static final int WARM_SECONDS = 4;

    private static final int WARM_SECONDS_AT_A_RATE = 12;

    private record Target(String name, int port, long pid) {}

    @Override
    public void run(Workshop workshop, Report report) {
        workshop.closeServers();
        Table table = report.table(
                        "HTTP: POST /api/rooms/{room}/messages, 64 characters, 64 connections; latencies at half of that",
                        "requests/s",
                        "server CPU us each",
                        "requests per core-second",
                        "load CPU %",
                        "p50 ms at half",
                        "p99 ms at half",
                        "server CPU us each at half")
                .comparing("Tandem", "Express");
        table.remark("Tandem", "also looks up the session of the cookie, which the peer does not have.");
        try (TandemServer tandem = new TandemServer("Tandem", workshop.programs, Map.of());
                ExpressServer express = workshop.programs.node ? new ExpressServer(workshop.programs) : null) {
            List<Target> targets = new ArrayList<>();
            targets.add(
                    new Target("Tandem", tandem.ports().get(0), tandem.pids().get(0)));
            if (express != null) {
                targets.add(new Target("Express", express.port(), express.pid()));
            }
            for (Target target : targets) {
                HttpCalls.createRoom(target.port(), ROOM);
                warmUp(workshop, target);
            }
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
        List<String> command = new ArrayList<>(workshop.programs.javaMain(HttpLoad.class.getName()));
        command.addAll(List.of(
                Integer.toString(target.port()),
                ROOM,
                Double.toString(rate),
                Integer.toString(warmUp),
                Integer.toString(seconds),
                Long.toString(target.pid())));
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
