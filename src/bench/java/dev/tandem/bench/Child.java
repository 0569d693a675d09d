package dev.tandem.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that is run beside the benchmark. It does not outlive it: a hook ends all of them, and so does the kernel, if it can. */
final class Child implements AutoCloseable {
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();
    private static final Path LOGS = Path.of("target", "bench", "logs");
    private static final List<String> WITH_PARENT =
            Machine.has("setpriv") ? List.of("setpriv", "--pdeathsig", "KILL") : List.of();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a program on that core, whose output goes to a log. */
    static Child start(String name, int core, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(LOGS), name + "-", ".log");
            ProcessBuilder builder =
                    builder(core, command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new Child(name, started(builder), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a program on that core says on its standard output; it is killed, and this fails, at that limit. */
    static String output(Duration limit, int core, List<String> command) {
        try {
            Path out = Files.createTempFile(Files.createDirectories(LOGS), "out-", ".txt");
            Process process = started(
                    builder(core, command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT));
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String said = Files.readString(out);
            if (!ended || said.isBlank()) {
                throw new IllegalStateException(
                        String.join(" ", command) + (ended ? " said nothing" : " takes too long"));
            }
            return said.strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static ProcessBuilder builder(int core, List<String> command) {
        List<String> all = new ArrayList<>(WITH_PARENT);
        all.addAll(Machine.pin(core));
        all.addAll(command);
        return new ProcessBuilder(all);
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        STARTED.add(process);
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** Fails, with what it said, if it has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            try {
                throw new IllegalStateException(name + " ended:\n" + Files.readString(log));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        STARTED.remove(process);
    }
}
