package dev.tandem.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What programs that are none of the benchmark's took of the processors since this was made. They take it from what is measured, and
 * the report has to say so. Zero where the kernel does not tell.
 */
final class Others {
    private static final double TICKS_PER_SECOND = 100;
    /** Fields of /proc/PID/stat after the name: state is the first; utime, stime, cutime, cstime. */
    private static final int UTIME = 11;
    /** Field of the first line of /proc/stat. */
    private static final int STEAL = 8;

    private final long start = System.nanoTime();
    private final double taken = taken();
    private final double stolen = stolenTicks();

    /** Percent of one core. */
    double percent() {
        return percent(taken() - taken);
    }

    /** Of these what other machines took on the same host, percent of one core. */
    double stolen() {
        return percent(stolenTicks() - stolen);
    }

    private double percent(double ticks) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return Math.max(0, ticks / TICKS_PER_SECOND / seconds * 100);
    }

    /** Ticks that all processors were busy, without this process, its children that ended, and those that run. */
    private static double taken() {
        try (Stream<ProcessHandle> running = ProcessHandle.current().descendants()) {
            double own = ticks(ProcessHandle.current().pid(), 4)
                    + running.mapToDouble(child -> ticks(child.pid(), 2)).sum();
            return busy() - own;
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** The first line is {@code cpu user nice system idle iowait irq softirq steal ...}; interrupts are nobody's. */
    private static double busy() throws IOException {
        String[] words = processors();
        return Stream.of(words[1], words[2], words[3], words[STEAL])
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    private static double stolenTicks() {
        try {
            return Double.parseDouble(processors()[STEAL]);
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static String[] processors() throws IOException {
        return Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
    }

    private static double ticks(long pid, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            List<String> words =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return words.subList(UTIME, UTIME + fields).stream()
                    .mapToDouble(Double::parseDouble)
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }
}
