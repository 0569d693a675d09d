package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** This machine: what it is, and which of its cores does what. The server has one core to itself; load and Redis share another. */
final class Machine {
    static final int SERVER = 0;
    static final int LOAD = 1;
    static final int ANY = -1;

    private static final boolean PINS = Runtime.getRuntime().availableProcessors() > 1 && has("taskset");

    private Machine() {}

    /** How a command is kept to a core; nothing where it cannot be. */
    static List<String> pin(int core) {
        return PINS && core != ANY ? List.of("taskset", "-c", Integer.toString(core)) : List.of();
    }

    /** Whether there is such a program on the path. */
    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    static String described() {
        return "%s, %d cores%s; kernel %s; load average before: %s"
                .formatted(
                        field("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        PINS ? ", the server on one, load and Redis on another" : ", nothing pinned",
                        System.getProperty("os.version"),
                        load());
    }

    /** How many programs wanted to run in the last minute. */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    private static String field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown processor");
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }
}
