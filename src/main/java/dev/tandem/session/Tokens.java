package dev.tandem.session;

import dev.tandem.error.TandemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Tokens of another authority: JWTs, signed in one of the ways that the settings allow, for this audience, from this issuer, with an
 * end. Verifying costs some microseconds and asks nobody; only a key that is not known yet is looked for. From any thread.
 */
@Singleton
class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int LONGEST = 8_192;
    private static final String HMAC = "HS";

    private final JwtConfig config;
    private final TokenKeys keys;
    private final HmacKey secret;
    private final JwtConsumer consumer;

    Tokens(JwtConfig config, TokenKeys keys) {
        this.config = config;
        this.keys = keys;
        this.secret = config.secret()
                .map(text -> new HmacKey(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
        this.consumer = consumer();
    }

    /** What the token says; fails with {@code unauthenticated}, or {@code overloaded} while there are no keys yet. */
    Uni<Claims> verify(String token) {
        if (!config.isOn() || token.length() > LONGEST) {
            return Uni.createFrom().failure(wrong());
        }
        List<JsonWebKey> known = keys.now();
        try {
            return Uni.createFrom().item(claims(token));
        } catch (InvalidJwtException invalid) {
            return isKeyUnknown(invalid) ? lookAgain(token, known) : refuse(invalid);
        } catch (TandemException wrong) {
            return Uni.createFrom().failure(wrong);
        }
    }

    private Uni<Claims> lookAgain(String token, List<JsonWebKey> known) {
        return keys.lookAgain(known).map(found -> {
            try {
                if (found) {
                    return claims(token);
                }
            } catch (InvalidJwtException invalid) {
                LOG.debugf("A token was refused: codes=%s", codes(invalid));
            }
            throw wrong();
        });
    }

    private Claims claims(String token) throws InvalidJwtException {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            if (claims.getSubject().isBlank()) {
                throw wrong();
            }
            return Claims.of(claims);
        } catch (MalformedClaimException malformed) {
            throw wrong();
        }
    }

    private JwtConsumer consumer() {
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setVerificationKeyResolver((signature, context) -> key(signature))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, algorithms().toArray(String[]::new)))
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds());
        config.issuer().ifPresent(issuer -> builder.setExpectedIssuer(true, issuer));
        config.audience().ifPresent(all -> builder.setExpectedAudience(true, all.toArray(String[]::new)));
        return builder.build();
    }

    /** The algorithm is one of those allowed; the kind of key follows from it alone, so no public key is ever taken for a secret. */
    private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
        if (signature.getAlgorithmHeaderValue().startsWith(HMAC)) {
            if (secret == null) {
                throw new UnresolvableKeyException("no secret");
            }
            return secret;
        }
        List<JsonWebKey> known = keys.now();
        return known.size() == 1 && known.get(0).getKeyId() == null
                ? known.get(0).getKey()
                : new JwksVerificationKeyResolver(known).resolveKey(signature, List.<JsonWebStructure>of());
    }

    private List<String> algorithms() {
        if (config.algorithms().isPresent()) {
            return config.algorithms().get();
        }
        List<String> algorithms = new ArrayList<>();
        config.secret().ifPresent(given -> algorithms.add("HS256"));
        config.jwks().ifPresent(given -> algorithms.addAll(List.of("RS256", "ES256")));
        return algorithms;
    }

    private static boolean isKeyUnknown(InvalidJwtException invalid) {
        return invalid.getCause() instanceof UnresolvableKeyException;
    }

    private static Uni<Claims> refuse(InvalidJwtException invalid) {
        LOG.debugf("A token was refused: codes=%s", codes(invalid));
        return Uni.createFrom().failure(wrong());
    }

    /** Numbers only: the messages repeat the token. */
    private static List<Integer> codes(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream()
                .map(detail -> detail.getErrorCode())
                .toList();
    }

    private static TandemException wrong() {
        return TandemException.unauthenticated("The token is not good.");
    }
}
