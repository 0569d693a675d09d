package dev.tandem;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the nodes within the tests begin with an embedded Redis that holds nothing, whatever the last run left behind: it may have been
 * killed. What somebody else works on at this moment is left alone. Found by JUnit, in every process that runs tests.
 */
public final class EmptyRedis implements LauncherSessionListener {
    /** That of {@code tandem.redis.embedded.dir}, of each process of tests its own; its lock is the node's, its data Redis'. */
    private static final Path DIR = Path.of(System.getProperty("test.redis", "target/test-redis"));

    private static final Path LOCK = DIR.resolve("tandem.lock");
    private static final Path DATA = DIR.resolve("appendonlydir");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!Files.exists(DATA)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                delete(DATA);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
