package dev.tandem.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the scenarios that are asked for, one after another, and writes the report; it is written anew after each of them. */
public final class Bench {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("saturation", new Saturation());
        SCENARIOS.put("quiet", new Quiet());
        SCENARIOS.put("rooms", new ManyRooms());
        SCENARIOS.put("bursts", new Bursts());
        SCENARIOS.put("payloads", new Payloads());
        SCENARIOS.put("idle", new Idle());
        SCENARIOS.put("commands", new CommandConnection());
        SCENARIOS.put("http", new HttpPublishing());
        SCENARIOS.put("growth", new Growth());
        SCENARIOS.put("slow", new SlowReaders());
        SCENARIOS.put("overload", new Overload());
        SCENARIOS.put("recovery", new RecoveryWindow());
        SCENARIOS.put("micro", new Micro());
    }

    private Bench() {}

    /** Settings are the system properties {@code bench.rounds}, {@code .seconds}, {@code .scenarios}, {@code .connections} and {@code .jvm}. */
    public static void main(String[] arguments) throws Exception {
        String asked = System.getProperty("bench.scenarios", "all");
        List<String> names = asked.equals("all") ? List.copyOf(SCENARIOS.keySet()) : List.of(asked.split(","));
        for (String name : names) {
            if (!SCENARIOS.containsKey(name)) {
                throw new IllegalArgumentException("bench.scenarios: " + name + " is none of " + SCENARIOS.keySet());
            }
        }
        Path out = Files.createDirectories(Path.of("target", "bench"));
        Programs programs = Programs.prepare(out);
        Report report = new Report(programs);
        try (Workshop workshop = new Workshop(programs)) {
            for (String name : names) {
                System.err.println("== " + name);
                SCENARIOS.get(name).run(workshop, report);
                Files.writeString(out.resolve("report.md"), report.markdown());
            }
        }
        System.out.println(report.markdown());
    }
}
