package dev.tandem.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.id.RandomText;
import dev.tandem.id.RoomId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Lets in who shows it, past lock and password.
 *
 * @param token told once, to who made it; Redis has only its hash
 * @param uses how many users it lets in; null for any number
 * @param until null if it does not end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Invitation(RoomId room, String token, Integer uses, Instant until) {
    private static final int TOKEN_LENGTH = 32;

    static String newToken() {
        return RandomText.letters(TOKEN_LENGTH);
    }

    /** Plain SHA-256: a token has more than 160 random bits, so nothing is won by being slow. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
