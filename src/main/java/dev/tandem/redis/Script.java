package dev.tandem.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script from {@code src/main/resources/redis}, whose header says its keys, its arguments and its result. What it publishes on
 * a channel of its keys' slot is heard by {@link PubSub#ssubscribe}: in a cluster it says SPUBLISH for its PUBLISH, where the server
 * is new enough to know that (7.0, from which on it tells scripts its version). A script that publishes on a classic channel, heard by
 * {@link PubSub#subscribe} and {@link PubSub#psubscribe}, writes that in small letters.
 */
public final class Script {
    private static final String PLACE = "  -- part\n";
    private static final String PUBLISH = "'PUBLISH'";
    private static final String PUBLISH_IN_CLUSTER = "redis.REDIS_VERSION_NUM and 'SPUBLISH' or 'PUBLISH'";

    private final Text text;
    private final Text textInCluster;
    private final Commands.Effect effect;

    /** A text, and the hash by which Redis knows it. */
    record Text(String source, String sha) {
        static Text of(String source) {
            return new Text(source, sha1(source));
        }
    }

    private Script(String source, Commands.Effect effect) {
        this.text = Text.of(source);
        this.textInCluster = Text.of(source.replace(PUBLISH, PUBLISH_IN_CLUSTER));
        this.effect = effect;
    }

    /** The script of that name, whose effect says what may be done with it when the connection breaks. */
    public static Script load(String name, Commands.Effect effect) {
        return new Script(read(name), effect);
    }

    /**
     * The same with a part that it has in common with others, and which defines what it calls: in front, or where the script says {@code
     * -- part}, so that it costs nothing elsewhere.
     */
    public static Script load(String part, String name, Commands.Effect effect) {
        String text = read(name);
        String shared = read(part);
        return new Script(text.contains(PLACE) ? text.replace(PLACE, shared) : shared + text, effect);
    }

    private static String read(String name) {
        String resource = "redis/" + name + ".lua";
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("There is no script " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Text text(boolean cluster) {
        return cluster ? textInCluster : text;
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
