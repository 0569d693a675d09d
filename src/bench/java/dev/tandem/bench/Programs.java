package dev.tandem.bench;

import dev.tandem.redis.RedisPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The programs that are measured and that measure, compiled and installed; those that cannot be had are missing, with a message. */
final class Programs {
    static final Path NODE_SCRIPTS = Path.of("src", "bench", "node").toAbsolutePath();
    private static final Path SOURCES = Path.of("src", "bench", "c");

    final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Loads sockets. */
    final Path swarm;
    /** Loads HTTP. */
    final Path poster;

    final Path redis;
    final Optional<Path> floor;
    final boolean node;

    private Programs(Path swarm, Path poster, Path redis, Optional<Path> floor, boolean node) {
        this.swarm = swarm;
        this.poster = poster;
        this.redis = redis;
        this.floor = floor;
        this.node = node;
    }

    /** Compiles and installs into that folder. Fails if there is no C compiler: without a load generator nothing is measured. */
    static Programs prepare(Path dir) throws IOException {
        Path swarm = generator("swarm", dir);
        Path poster = generator("poster", dir);
        Optional<Path> floor = compile("floor.c", dir.resolve("floor"), "-lhiredis");
        if (floor.isEmpty()) {
            System.err.println("bench: no floor without libhiredis (Debian: libhiredis-dev)");
        }
        boolean node = Machine.has("node") && Machine.has("npm") && installed();
        if (!node) {
            System.err.println("bench: no peers of Node.js without node and npm");
        }
        return new Programs(swarm, poster, RedisPrograms.server(dir), floor, node);
    }

    /** How a main class of this class path is run, without its arguments. */
    List<String> javaMain(String main) {
        return List.of(
                java,
                "-Xmx512m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-classpath",
                System.getProperty("java.class.path"),
                main);
    }

    String versions() {
        return "Java %s (`%s`); Node.js %s; Redis %s"
                .formatted(
                        Runtime.version(),
                        System.getProperty("bench.jvm", ""),
                        node ? said("node", "--version") : "none",
                        said(redis.toString(), "--version").replaceAll(".*v=(\\S+).*", "$1"));
    }

    private static String said(String... command) {
        return Child.output(Duration.ofSeconds(10), Machine.ANY, List.of(command));
    }

    private static Path generator(String name, Path dir) throws IOException {
        return compile(name + ".c", dir.resolve(name))
                .orElseThrow(() -> new IllegalStateException("The load generators want a C compiler, gcc"));
    }

    private static Optional<Path> compile(String source, Path program, String... libraries) throws IOException {
        if (!Machine.has("gcc")) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                "gcc", "-O2", "-o", program.toString(), SOURCES.resolve(source).toString()));
        command.addAll(List.of(libraries));
        return ends(Path.of("."), 60, command) ? Optional.of(program.toAbsolutePath()) : Optional.empty();
    }

    private static boolean installed() throws IOException {
        Path lock = NODE_SCRIPTS.resolve("package-lock.json");
        Path done = NODE_SCRIPTS.resolve(Path.of("node_modules", ".installed-lock.json"));
        if (Files.exists(done) && Files.mismatch(done, lock) < 0) {
            return true;
        }
        if (!ends(NODE_SCRIPTS, 180, List.of("npm", "ci", "--no-audit", "--no-fund"))) {
            return false;
        }
        Files.copy(lock, done);
        return true;
    }

    /** Whether the command ended well within that time. */
    private static boolean ends(Path dir, long seconds, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
