package dev.tandem.session;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Reads public keys: a JWK set, or one key as PEM. Secret ones in a set are left out. Pure. */
final class PublicKeys {
    private static final List<String> KINDS = List.of("RSA", "EC");

    private PublicKeys() {}

    /** At least one key; fails with {@link IllegalArgumentException}. */
    static List<JsonWebKey> parse(String text) {
        try {
            List<JsonWebKey> keys = text.strip().startsWith("{") ? set(text) : List.of(pem(text));
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("There is no public key among the keys for tokens");
            }
            return keys;
        } catch (JoseException malformed) {
            throw new IllegalArgumentException("The keys for tokens are no JWK set", malformed);
        }
    }

    private static List<JsonWebKey> set(String json) throws JoseException {
        return new JsonWebKeySet(json)
                .getJsonWebKeys().stream()
                        .filter(PublicJsonWebKey.class::isInstance)
                        .toList();
    }

    private static JsonWebKey pem(String text) throws JoseException {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
        for (String kind : KINDS) {
            try {
                PublicKey key = KeyFactory.getInstance(kind).generatePublic(encoded);
                return JsonWebKey.Factory.newJwk(key);
            } catch (GeneralSecurityException anotherKind) {
                // The next kind is tried.
            }
        }
        throw new IllegalArgumentException("The key for tokens is neither RSA nor EC");
    }
}
