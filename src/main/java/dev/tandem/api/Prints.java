package dev.tandem.api;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of several texts, and of a body, each with its length before it, so that none runs into the next. Pure. */
final class Prints {
    private Prints() {}

    static String of(String one, String other) {
        return of(one, other, "", Buffer.buffer());
    }

    static String of(String first, String second, String third, Buffer body) {
        MessageDigest digest = sha256();
        for (String text : new String[] {first, second, third}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(body.getBytes()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
