package dev.tandem.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verifies how keys that an authority publishes are found, and found again when it changes them, with the authority's answers held back. */
class TokenKeysTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RsaJsonWebKey ONE = TestTokens.rsa("one");
    private static final RsaJsonWebKey TWO = TestTokens.rsa("two");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<HttpServerResponse> asked = new LinkedBlockingQueue<>();
    private final HttpServer authority = VERTX.createHttpServer()
            .requestHandler(request -> asked.add(request.response()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();

    private final JwtConfig config = TestTokens.config(
            Map.of("jwks", "http://127.0.0.1:" + authority.actualPort() + "/jwks", "audience", TestTokens.AUDIENCE));
    private final TokenKeys keys = new TokenKeys(config, VERTX);
    private final Tokens tokens = new Tokens(config, keys);

    @AfterEach
    void shut() {
        authority.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void saysThatThereAreNoKeysYet() {
        keys.start(null);

        assertFailed(verify(ONE), ErrorCode.OVERLOADED);
    }

    @Test
    void believesAllWhoShowANewKeyWhileItIsFetched() throws InterruptedException {
        publishFirst(ONE);

        List<CompletableFuture<Claims>> all = new ArrayList<>();
        for (int client = 0; client < 3; client++) {
            all.add(verify(TWO));
        }
        publish(ONE, TWO);

        all.forEach(TokenKeysTest::assertBelieved);
        assertThat(asked).isEmpty();
    }

    @Test
    void looksNoFurtherForAKeyThatIsNotThereEither() throws InterruptedException {
        publishFirst(ONE);
        CompletableFuture<Claims> unknown = verify(TWO);
        publish(ONE);

        assertFailed(unknown, ErrorCode.UNAUTHENTICATED);
        assertFailed(verify(TWO), ErrorCode.UNAUTHENTICATED);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNobodyForKeysThatCameWhileATokenWasRead() throws InterruptedException {
        List<JsonWebKey> before = keys.now();
        publishFirst(ONE);

        assertThat(keys.lookAgain(before).subscribeAsCompletionStage()).isCompletedWithValue(true);

        CompletableFuture<Claims> verified = verify(TWO);
        publish(ONE, TWO);
        assertBelieved(verified);
    }

    @Test
    void doesNotCallATokenBadWhenTheKeysCannotBeHad() throws InterruptedException {
        publishFirst(ONE);

        CompletableFuture<Claims> unknown = verify(TWO);
        next().setStatusCode(503).end();

        assertFailed(unknown, ErrorCode.OVERLOADED);
        assertFailed(verify(TWO), ErrorCode.OVERLOADED);
        assertBelieved(verify(ONE));
    }

    private void publishFirst(RsaJsonWebKey... published) throws InterruptedException {
        keys.start(null);
        publish(published);
        await().atMost(PATIENCE).until(() -> !keys.now().isEmpty());
    }

    private void publish(RsaJsonWebKey... published) throws InterruptedException {
        next().end(TestTokens.jwks(published));
    }

    private HttpServerResponse next() throws InterruptedException {
        HttpServerResponse next = asked.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private CompletableFuture<Claims> verify(RsaJsonWebKey signer) {
        return tokens.verify(TestTokens.of(signer)).subscribeAsCompletionStage();
    }

    private static void assertBelieved(CompletableFuture<Claims> verified) {
        assertThat(verified)
                .succeedsWithin(PATIENCE)
                .satisfies(claims -> assertThat(claims.user().id().value()).isEqualTo("ada"));
    }

    private static void assertFailed(CompletableFuture<Claims> verified, ErrorCode code) {
        assertThatThrownBy(() -> verified.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        TandemException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
