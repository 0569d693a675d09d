package dev.tandem.redis;

import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The keys of a script, in the order in which it expects them, as they are on the wire. Immutable. */
public final class Keys {
    private final byte[][] names;

    private Keys(byte[][] names) {
        this.names = names;
    }

    /** The keys of these names. */
    public static Keys of(List<String> names) {
        return new Keys(names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** The same names, each behind that beginning, which is encoded once. */
    public Keys behind(String beginning) {
        byte[] begin = beginning.getBytes(StandardCharsets.UTF_8);
        byte[][] whole = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            whole[i] = Arrays.copyOf(begin, begin.length + names[i].length);
            System.arraycopy(names[i], 0, whole[i], begin.length, names[i].length);
        }
        return new Keys(whole);
    }

    /** How many they are. */
    public int size() {
        return names.length;
    }

    /** How many they are, and they, as EVAL and EVALSHA want them. */
    void addTo(Request request) {
        request.arg(size());
        for (byte[] name : names) {
            request.arg(name);
        }
    }
}
