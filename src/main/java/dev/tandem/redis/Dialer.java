package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Opens connections, one client each. The client library's own pool is never used as one: it lends a connection per command,
 * and a connection that hangs while it is being set up would stay in it. Must be called on the pair's event loop, which the
 * connection then belongs to.
 */
final class Dialer {
    private final Vertx vertx;
    private final Supplier<RedisAddress> address;
    private final RedisTls tls;
    private final NodeId node;
    private final Duration timeout;
    private final int maxInFlight;

    Dialer(Vertx vertx, Supplier<RedisAddress> address, RedisTls tls, NodeId node, Duration timeout, int maxInFlight) {
        this.vertx = vertx;
        this.address = address;
        this.tls = tls;
        this.node = node;
        this.timeout = timeout;
        this.maxInFlight = maxInFlight;
    }

    /** A new, named connection; fails if there is none within the timeout, and then leaves nothing open. */
    Future<DialedConnection> dial(Role role) {
        Redis client;
        try {
            client = Redis.createClient(vertx, options(role));
        } catch (RuntimeException invalid) {
            return Future.failedFuture(invalid);
        }
        Promise<DialedConnection> dialed = Promise.promise();
        long timer = vertx.setTimer(
                timeout.toMillis(), t -> dialed.tryFail("no connection within " + timeout.toMillis() + " ms"));
        client.connect().compose(connection -> prepared(connection, role)).onComplete(attempt -> {
            vertx.cancelTimer(timer);
            if (attempt.failed()) {
                dialed.tryFail(attempt.cause());
            } else {
                dialed.tryComplete(new DialedConnection(client, attempt.result()));
            }
        });
        return dialed.future().onFailure(failure -> client.close());
    }

    /** Gives the connection its name, and makes sure that Redis serves it: one that still loads its data does not. */
    private Future<RedisConnection> prepared(RedisConnection connection, Role role) {
        Request setName = Request.cmd(Command.CLIENT).arg("SETNAME").arg("tandem:" + node + ":" + role.label());
        return connection
                .send(setName)
                .compose(named -> connection.send(Request.cmd(Command.PING)))
                .map(connection);
    }

    /** Room in the client's own queue beyond what is ever sent, so that its limit is never met. */
    private RedisOptions options(Role role) {
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setConnectTimeout((int) timeout.toMillis());
        if (address.get().isTls()) {
            tls.secure(net);
        }
        return new RedisOptions()
                .setConnectionString(address.get().connectionString())
                .setNetClientOptions(net)
                .setPoolName("tandem-" + role.label())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(maxInFlight + 64);
    }
}
