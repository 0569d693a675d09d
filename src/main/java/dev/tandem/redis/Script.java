package dev.tandem.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script from {@code src/main/resources/redis}, whose header says its keys, its arguments and its result. */
public final class Script {
    private final String source;
    private final String sha;
    private final Commands.Effect effect;

    private Script(String source, Commands.Effect effect) {
        this.source = source;
        this.sha = sha1(source);
        this.effect = effect;
    }

    /** The script of that name, whose effect says what may be done with it when the connection breaks. */
    public static Script load(String name, Commands.Effect effect) {
        String resource = "redis/" + name + ".lua";
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("There is no script " + resource);
            }
            return new Script(new String(in.readAllBytes(), StandardCharsets.UTF_8), effect);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String source() {
        return source;
    }

    String sha() {
        return sha;
    }

    Commands.Effect effect() {
        return effect;
    }

    /** Redis names a script by the SHA-1 of its text; nothing here is secret. */
    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
