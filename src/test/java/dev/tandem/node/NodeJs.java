package dev.tandem.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Node.js and the packages of {@code src/test/js}, which are installed as the lock file says when they are missing or another
 * lock file's. A test that needs them is skipped where there is no Node.js, and fails where they cannot be installed.
 */
final class NodeJs {
    static final Path SCRIPTS = Path.of("src", "test", "js").toAbsolutePath();
    private static final Path LOGS = Path.of("target", "node-logs").toAbsolutePath();
    private static final Path LOCK_FILE = SCRIPTS.resolve("package-lock.json");
    private static final Path INSTALLED = SCRIPTS.resolve(Path.of("node_modules", ".installed-lock.json"));
    private static final long ASKING_SECONDS = 20;
    private static final long INSTALLING_SECONDS = 180;

    /** That scripts can run has been seen; to ask npm takes half a second. */
    private static boolean ready;

    private NodeJs() {}

    /** Makes sure that scripts can run; waits for an installation, also for that of another process. */
    static synchronized void require() {
        if (ready) {
            return;
        }
        for (String program : List.of("node", "npm")) {
            assumeTrue(
                    answers(program),
                    "There is no " + program + " on the path: tests with real Node.js peers are skipped");
        }
        try (FileChannel lock = FileChannel.open(
                Files.createDirectories(LOGS).resolve("npm.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            lock.lock();
            if (!isInstalled()) {
                install();
            }
            ready = true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a script says beside the lines of its conversation. */
    static Path newLog(String script) throws IOException {
        return Files.createTempFile(Files.createDirectories(LOGS), script + "-", ".log");
    }

    private static boolean answers(String program) {
        try {
            return run(newLog(program), ASKING_SECONDS, program, "--version");
        } catch (IOException absent) {
            return false;
        }
    }

    private static boolean isInstalled() throws IOException {
        return Files.exists(INSTALLED) && Files.mismatch(INSTALLED, LOCK_FILE) < 0;
    }

    private static void install() throws IOException {
        Path log = newLog("npm-ci");
        if (!run(log, INSTALLING_SECONDS, "npm", "ci", "--no-audit", "--no-fund")) {
            throw new IllegalStateException("npm ci in " + SCRIPTS + " failed:\n" + Files.readString(log));
        }
        Files.copy(LOCK_FILE, INSTALLED);
    }

    /** Whether the program ended well within that time. */
    private static boolean run(Path log, long seconds, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
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
