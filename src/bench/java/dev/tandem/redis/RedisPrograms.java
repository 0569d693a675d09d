package dev.tandem.redis;

import java.io.IOException;
import java.nio.file.Path;

/** The Redis server that the benchmark runs: the one that the embedded Redis is, so that it needs no other. */
public final class RedisPrograms {
    private RedisPrograms() {}

    /** Puts the program into that folder unless it is there. */
    public static Path server(Path dir) throws IOException {
        return EmbeddedRedisBinary.unpack(dir).toAbsolutePath();
    }
}
