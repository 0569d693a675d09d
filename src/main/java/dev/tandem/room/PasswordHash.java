package dev.tandem.room;

import dev.tandem.id.RandomText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is stored: {@code pbkdf2-sha512$<rounds>$<salt>$<hash>}. Pure, and slow on purpose: tenths of a second, so never on
 * an event loop.
 */
final class PasswordHash {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final String NAME = "pbkdf2-sha512";
    private static final int HASH_BITS = 256;
    private static final int SALT_LENGTH = 26;

    private PasswordHash() {}

    static String of(String password, int rounds) {
        String salt = RandomText.letters(SALT_LENGTH);
        return String.join("$", NAME, Integer.toString(rounds), salt, hash(password, rounds, salt));
    }

    /** In a time that does not depend on how much of it is right. */
    static boolean fits(String password, String stored) {
        String[] parts = stored.split("\\$");
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            return false;
        }
        byte[] given = hash(password, Integer.parseInt(parts[1]), parts[2]).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(given, parts[3].getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String password, int rounds, String salt) {
        PBEKeySpec key =
                new PBEKeySpec(password.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII), rounds, HASH_BITS);
        try {
            byte[] hash =
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
            return Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            key.clearPassword();
        }
    }
}
