package dev.tandem.session;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Tokens as another authority makes them, and as somebody who would like to be believed does. */
public final class TestTokens {
    public static final String SECRET = "a-secret-of-the-tests-of-32-bytes-and-more";
    public static final String ISSUER = "https://issuer.example";
    public static final String AUDIENCE = "tandem";

    private TestTokens() {}

    /** A good one. */
    public static String of(String subject) {
        return signed(SECRET, claims(subject, claims -> {}));
    }

    /** One whose claims are good but for what {@code spoil} does. */
    public static String of(String subject, Consumer<JwtClaims> spoil) {
        return signed(SECRET, claims(subject, spoil));
    }

    public static String signed(String secret, JwtClaims claims) {
        return signed(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)), "HS256", null, claims);
    }

    public static String signed(Key key, String algorithm, String keyId, JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        signature.setDoKeyValidation(false);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A good one of {@code ada}, signed with a key that is called what it says. */
    static String of(RsaJsonWebKey key) {
        return signed(key.getPrivateKey(), "RS256", key.getKeyId(), claims("ada", claims -> {}));
    }

    /** What an authority publishes of its keys. */
    static String jwks(RsaJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The settings, by their names after {@code tandem.jwt.}; the others are as they are by default. */
    static JwtConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(JwtConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("tandem.jwt." + name, value));
        return builder.build().getConfigMapping(JwtConfig.class);
    }

    /** Without a signature, as if that were one of the ways of signing. */
    public static String unsigned(JwtClaims claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(claims.toJson()) + ".";
    }

    public static JwtClaims claims(String subject, Consumer<JwtClaims> spoil) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        spoil.accept(claims);
        return claims;
    }

    /** So many seconds from now. */
    public static NumericDate in(long seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    static RsaJsonWebKey rsa(String keyId) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(keyId);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String pem(byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
