package dev.tandem.session;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.error.Unattended;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;

/**
 * The public keys by which tokens are verified: read from a file at start, or fetched from a URL at start and again and again. Fetching
 * blocks nobody; until keys are there, tokens fail with {@code overloaded}. The last keys count while new ones cannot be had. From any
 * thread.
 */
@Singleton
class TokenKeys {
    private static final Logger LOG = Logger.getLogger(TokenKeys.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1_000_000;

    /** An unknown key asks for new ones at most so often, whoever shows it; the others have the same answer. */
    private static final long SOONEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final JwtConfig config;
    private final Vertx vertx;
    private final AtomicReference<Look> latest = new AtomicReference<>();
    private HttpClient http;
    private volatile List<JsonWebKey> keys;

    TokenKeys(JwtConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    /** Fails if there is a file that cannot be read. */
    void start(@Observes StartupEvent event) {
        if (config.jwks().isEmpty()) {
            keys = List.of();
        } else if (isRemote()) {
            http = vertx.createHttpClient();
            refresh();
        } else {
            keys = PublicKeys.parse(read(config.jwks().get()));
        }
    }

    /** The keys as they are now; none before the first are there. */
    List<JsonWebKey> now() {
        List<JsonWebKey> known = keys;
        return known == null ? List.of() : known;
    }

    /**
     * A token names a key that is not among those that were {@code known}: completes with true if there are others to try by now, within
     * the time that fetching may take; fails with {@code overloaded} before the first are there, and if they cannot be had now.
     */
    Uni<Boolean> lookAgain(List<JsonWebKey> known) {
        if (keys == null) {
            return Uni.createFrom()
                    .failure(new TandemException(ErrorCode.OVERLOADED, "The keys for tokens are not there yet."));
        }
        return isRemote() && keys == known
                ? look().map(looked -> keys != known)
                : Uni.createFrom().item(keys != known);
    }

    private Uni<Void> look() {
        Look last = latest.get();
        long now = System.nanoTime();
        if (last != null && now - last.began() < SOONEST_NANOS) {
            return last.outcome();
        }
        Look next = new Look(
                now, fetch().onFailure().transform(TokenKeys::notNow).memoize().indefinitely());
        return latest.compareAndSet(last, next) ? next.outcome() : latest.get().outcome();
    }

    private static TandemException notNow(Throwable failure) {
        LOG.warnf("The keys for tokens could not be fetched: reason=\"%s\"", failure.getMessage());
        return new TandemException(ErrorCode.OVERLOADED, "The keys for tokens cannot be had now.");
    }

    private void refresh() {
        Uni<Void> fetched = fetch().onFailure()
                .transform(failure -> new TandemException(ErrorCode.OVERLOADED, String.valueOf(failure.getMessage())))
                .onTermination()
                .invoke(this::again);
        Unattended.run("fetch the keys for tokens", fetched);
    }

    private void again() {
        Duration wait = keys == null ? RETRY : config.jwksRefresh();
        vertx.setTimer(wait.toMillis(), timer -> refresh());
    }

    private Uni<Void> fetch() {
        return Uni.createFrom()
                .completionStage(() -> load().toCompletionStage())
                .ifNoItem()
                .after(LIMIT)
                .failWith(() -> new TandemException(ErrorCode.OVERLOADED, "no answer in time"))
                .onItem()
                .invoke(json -> {
                    keys = PublicKeys.parse(json);
                    LOG.debugf("Keys for tokens: count=%d", keys.size());
                })
                .replaceWithVoid();
    }

    private Future<String> load() {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(config.jwks().get())
                .setTimeout(LIMIT.toMillis())
                .putHeader("Accept", "application/json");
        return http.request(request)
                .compose(call -> call.send())
                .compose(TokenKeys::body)
                .map(Buffer::toString);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("status " + response.statusCode());
        }
        Buffer read = Buffer.buffer();
        response.handler(chunk -> {
            read.appendBuffer(chunk);
            if (read.length() > MOST_BYTES) {
                response.request().reset();
            }
        });
        return response.end().map(read);
    }

    private boolean isRemote() {
        return config.jwks().filter(where -> where.matches("https?://.*")).isPresent();
    }

    /** For new keys: when, in nanoseconds, and what comes of it. */
    private record Look(long began, Uni<Void> outcome) {}

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("tandem.jwt.jwks cannot be read", unreadable);
        }
    }
}
