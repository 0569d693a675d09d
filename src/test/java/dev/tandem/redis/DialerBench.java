package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Dials without a node, on a loop of its own, and waits for what comes of it. */
final class DialerBench implements AutoCloseable {
    static final NodeId NODE = new NodeId("bench");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    final Vertx vertx = Vertx.vertx();
    private final RedisLoop loop = new RedisLoop(vertx);

    /** Settings of TLS, none of which is set at first. */
    record Tls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key, boolean insecureSkipVerification)
            implements RedisConfig.Tls {
        static final Tls UNSET = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), false);

        Tls trusting(Path authority) {
            return new Tls(Optional.of(authority), cert, key, insecureSkipVerification);
        }

        Tls showing(Certificates.Pair own) {
            return new Tls(ca, Optional.of(own.cert()), Optional.of(own.key()), insecureSkipVerification);
        }

        Tls insecure() {
            return new Tls(ca, cert, key, true);
        }
    }

    /** An open connection; fails with the reason why there is none. */
    DialedConnection dial(String url, RedisConfig.Tls tls) throws Throwable {
        return dial(opener(tls, TIMEOUT), new FixedLocator(new RedisAddress(url)));
    }

    Opener opener(RedisConfig.Tls tls, Duration timeout) {
        return new Opener(vertx, new RedisTls(tls), timeout, 100);
    }

    DialedConnection dial(Opener opener, Locator locator) throws Throwable {
        Dialer dialer = new Dialer(opener, locator::find, NODE, false);
        Promise<DialedConnection> dialed = Promise.promise();
        loop.execute(() -> dialer.dial(Role.COMMANDS).onComplete(dialed));
        return await(dialed.future());
    }

    /** Redis' answer on that connection. */
    static Response send(DialedConnection connection, Command command, String... arguments) throws Throwable {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        Promise<Response> answer = Promise.promise();
        connection.connection().send(request).onComplete(answer);
        return await(answer.future());
    }

    /** What comes of it; fails with its failure. */
    static <T> T await(Future<T> awaited) throws Throwable {
        CompletableFuture<T> future = awaited.toCompletionStage().toCompletableFuture();
        try {
            return future.orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            throw failure.getCause();
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
