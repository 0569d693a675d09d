package dev.tandem.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** The Redis server program inside the jar {@code org.signal:embedded-redis}, for this operating system and processor. */
final class EmbeddedRedisBinary {
    static final String NAME = "redis-server-7.0.15";

    private EmbeddedRedisBinary() {}

    /** Puts the program into {@code dir}, always under the same name, unless it is there. */
    static Path unpack(Path dir) throws IOException {
        String resource = NAME + "-" + system() + "-" + processor();
        Path program = dir.resolve(resource);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(
                        "There is no embedded Redis for this system (" + resource + "): set TANDEM_REDIS_URL");
            }
            Path unfinished = Files.createTempFile(dir, resource, ".part");
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            if (!unfinished.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + unfinished + " executable");
            }
            return Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386" -> "386";
            default -> "amd64";
        };
    }
}
