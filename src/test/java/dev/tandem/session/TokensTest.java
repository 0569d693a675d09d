package dev.tandem.session;

import static dev.tandem.session.TestTokens.claims;
import static dev.tandem.session.TestTokens.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.user.Users;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies which tokens are believed, and which are not, whoever made them. */
class TokensTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RsaJsonWebKey RSA = TestTokens.rsa("one");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path dir;

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void believesATokenOfItsIssuer() {
        Claims claims = verify(withSecret(), TestTokens.of("ada", all -> all.setStringClaim("name", "Ada")));

        assertThat(claims.user().id().value()).isEqualTo("ada");
        assertThat(claims.user().name()).isEqualTo("Ada");
        assertThat(claims.naming()).isEqualTo(Users.Naming.REPLACE);
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                Arguments.of("no token", "nonsense"),
                Arguments.of("nothing", ""),
                Arguments.of("another secret", TestTokens.signed("x".repeat(40), claims("ada", all -> {}))),
                Arguments.of("no signature", TestTokens.unsigned(claims("ada", all -> {}))),
                Arguments.of("a signature cut off", cut(TestTokens.of("ada"))),
                Arguments.of(
                        "another algorithm of the same secret",
                        TestTokens.signed(
                                new HmacKey((TestTokens.SECRET + TestTokens.SECRET).getBytes(StandardCharsets.UTF_8)),
                                "HS512",
                                null,
                                claims("ada", all -> {}))),
                Arguments.of("expired", TestTokens.of("ada", TokensTest::expire)),
                Arguments.of("without an end", TestTokens.of("ada", all -> all.unsetClaim("exp"))),
                Arguments.of("not yet", TestTokens.of("ada", all -> all.setNotBefore(in(60)))),
                Arguments.of("another audience", TestTokens.of("ada", all -> all.setAudience("somebody-else"))),
                Arguments.of("no audience", TestTokens.of("ada", all -> all.unsetClaim("aud"))),
                Arguments.of("another issuer", TestTokens.of("ada", all -> all.setIssuer("https://evil.example"))),
                Arguments.of("no issuer", TestTokens.of("ada", all -> all.unsetClaim("iss"))),
                Arguments.of("nobody", TestTokens.of("ada", all -> all.unsetClaim("sub"))),
                Arguments.of("an empty subject", TestTokens.of("ada", all -> all.setSubject(" "))),
                Arguments.of("a number for a subject", TestTokens.of("ada", all -> all.setClaim("sub", 7))),
                Arguments.of("too long", TestTokens.of("ada", all -> all.setStringClaim("x", "x".repeat(9_000)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void refuses(String what, String token) {
        assertRefused(withSecret(), token);
    }

    @Test
    void allowsClocksToBeApart() {
        String token = TestTokens.of("ada", all -> {
            all.setIssuedAt(in(-60));
            all.setExpirationTime(in(-5));
        });

        assertThat(verify(withSecret(), token)).isNotNull();
    }

    @Test
    void believesNoTokenUnlessToldTo() {
        assertRefused(tokens(Map.of()), TestTokens.of("ada"));
    }

    @Test
    void believesATokenOfAPublicKey() throws IOException {
        Tokens tokens = withKeys(TestTokens.jwks(RSA));

        assertThat(verify(tokens, TestTokens.of(RSA)).user().id().value()).isEqualTo("ada");
        assertThat(verify(withKeys(TestTokens.pem(RSA.getPublicKey().getEncoded())), TestTokens.of(RSA)))
                .isNotNull();
    }

    @Test
    void doesNotTakeAPublicKeyForASecret() throws IOException {
        byte[] key = RSA.getPublicKey().getEncoded();
        String asText = TestTokens.pem(key);

        for (byte[] confused : new byte[][] {key, asText.getBytes(StandardCharsets.UTF_8)}) {
            String token = TestTokens.signed(new HmacKey(confused), "HS256", "one", claims("ada", all -> {}));
            assertRefused(withKeys(TestTokens.jwks(RSA)), token);
            assertRefused(withKeys(asText), token);
            assertRefused(withBoth(TestTokens.jwks(RSA)), token);
        }
    }

    @Test
    void refusesAnUnsignedTokenWhereThereArePublicKeys() throws IOException {
        assertRefused(withKeys(TestTokens.jwks(RSA)), TestTokens.unsigned(claims("ada", all -> {})));
    }

    @Test
    void refusesTheSignatureOfAnotherKeyByTheSameName() throws IOException {
        assertRefused(withKeys(TestTokens.jwks(RSA)), TestTokens.of(TestTokens.rsa("one")));
    }

    @ParameterizedTest
    @CsvSource({"ada, ada", "A_b-9, A_b-9"})
    void takesASubjectForAUser(String subject, String user) {
        assertThat(Claims.user(subject).value()).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({"ada@example.org", "auth0|7", "key-abc", "u-abc"})
    void makesAUserOfAnyOtherSubject(String subject) {
        String user = Claims.user(subject).value();

        assertThat(user)
                .matches("u-[0-9a-f]{40}")
                .isEqualTo(Claims.user(subject).value());
        assertThat(user).isNotEqualTo(Claims.user(subject + "x").value());
    }

    private static void expire(JwtClaims claims) {
        claims.setIssuedAt(in(-120));
        claims.setExpirationTime(in(-60));
    }

    private static String cut(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static Claims verify(Tokens tokens, String token) {
        return tokens.verify(token).await().atMost(PATIENCE);
    }

    private static void assertRefused(Tokens tokens, String token) {
        assertThatThrownBy(() -> verify(tokens, token))
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }

    private static Tokens withSecret() {
        return tokens(Map.of("secret", TestTokens.SECRET));
    }

    private Tokens withKeys(String keys) throws IOException {
        return tokens(Map.of("jwks", file(keys)));
    }

    private Tokens withBoth(String keys) throws IOException {
        return tokens(Map.of("jwks", file(keys), "secret", TestTokens.SECRET));
    }

    private String file(String keys) throws IOException {
        return Files.writeString(Files.createTempFile(dir, "keys", ""), keys).toString();
    }

    private static Tokens tokens(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("issuer", TestTokens.ISSUER);
        all.put("audience", TestTokens.AUDIENCE);
        JwtConfig config = TestTokens.config(all);
        TokenKeys keys = new TokenKeys(config, VERTX);
        keys.start(null);
        return new Tokens(config, keys);
    }
}
