package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.function.Function;

/**
 * Opens connections, one client each. The client library's own pool is never used as one: it lends a connection per command,
 * and a connection that hangs while it is being set up would stay in it. Must be called on the pair's event loop, which the
 * connection then belongs to.
 */
final class Opener {
    private final Vertx vertx;
    /** What clients are made with. */
    private final Vertx network;

    private final RedisTls tls;
    private final Duration timeout;
    private final int maxInFlight;

    Opener(Vertx vertx, RedisTls tls, Duration timeout, int maxInFlight) {
        this.vertx = vertx;
        this.network = OneWriteATurn.of(vertx);
        this.tls = tls;
        this.timeout = timeout;
        this.maxInFlight = maxInFlight;
    }

    /** Fails if such addresses can never be connected to, because the settings of TLS make no sense. */
    void check(RedisAddress address) {
        tls.check(address, vertx);
    }

    /** A connection that is logged in and set up; fails if there is none within the timeout, and then leaves nothing open. */
    Future<DialedConnection> open(
            RedisAddress address, String use, Function<RedisConnection, Future<RedisConnection>> setUp) {
        Redis client;
        try {
            client = Redis.createClient(network, options(address, use));
        } catch (RuntimeException invalid) {
            return Future.failedFuture(invalid);
        }
        Promise<DialedConnection> opened = Promise.promise();
        long timer = vertx.setTimer(
                timeout.toMillis(), t -> opened.tryFail("no connection within " + timeout.toMillis() + " ms"));
        client.connect().compose(setUp).onComplete(attempt -> {
            vertx.cancelTimer(timer);
            if (attempt.failed()) {
                opened.tryFail(attempt.cause());
            } else {
                opened.tryComplete(new DialedConnection(address, client, attempt.result()));
            }
        });
        return opened.future().onFailure(failure -> client.close());
    }

    /** Room in the client's own queue beyond what is ever sent, so that its limit is never met. */
    private RedisOptions options(RedisAddress address, String use) {
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) timeout.toMillis());
        if (address.isTls()) {
            tls.secure(net);
        }
        return new RedisOptions()
                .setConnectionString(address.connectionString())
                .setNetClientOptions(net)
                .setPoolName("tandem-" + use)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(maxInFlight + 64);
    }
}
