package dev.tandem.redis;

import dev.tandem.id.NodeId;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Makes connections: asks where Redis is now, connects, names the connection, and makes sure that it leads to a
 * primary that serves. Used on the pair's loop.
 */
final class Dialer {
    private final Opener opener;
    private final Supplier<Future<RedisAddress>> place;
    private final NodeId node;
    private final boolean cluster;

    /** {@code place} says where to connect to; asked before every attempt. {@code cluster} says whether that is one of a cluster. */
    Dialer(Opener opener, Supplier<Future<RedisAddress>> place, NodeId node, boolean cluster) {
        this.opener = opener;
        this.place = place;
        this.node = node;
        this.cluster = cluster;
    }

    /** A new, named connection to a Redis that serves; fails if there is none in bounded time, and then leaves nothing open. */
    Future<DialedConnection> dial(Role role) {
        return place.get().compose(address -> dial(address, role));
    }

    private Future<DialedConnection> dial(RedisAddress address, Role role) {
        AtomicBoolean sharded = new AtomicBoolean();
        return opener.open(
                        address,
                        role.label(),
                        connection -> prepared(connection, role)
                                .compose(prepared -> knowsShards(connection))
                                .onSuccess(sharded::set)
                                .map(connection))
                .map(dialed -> dialed.sharded(sharded.get()));
    }

    /** Whether this very server publishes by shards; what scripts on it do is decided there too, in the same way. */
    private Future<Boolean> knowsShards(RedisConnection connection) {
        if (!cluster) {
            return Future.succeededFuture(false);
        }
        return connection
                .send(Request.cmd(Command.COMMAND).arg("INFO").arg("ssubscribe"))
                .map(info -> info != null && info.size() == 1 && info.get(0) != null);
    }

    /** Gives the connection its name, and makes sure that Redis serves it: one that still loads its data does not. */
    private Future<RedisConnection> prepared(RedisConnection connection, Role role) {
        Request setName = Request.cmd(Command.CLIENT).arg("SETNAME").arg("tandem:" + node + ":" + role.label());
        return connection
                .send(setName)
                .compose(named -> connection.send(Request.cmd(Command.PING)))
                .compose(served -> connection.send(Request.cmd(Command.ROLE)).recover(Dialer::unknown))
                .compose(Dialer::checked)
                .map(connection);
    }

    /** Not everybody may ask for the role, and not everything that speaks like Redis has one. */
    private static Future<Response> unknown(Throwable failure) {
        return RedisFailures.isReply(failure) ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    /** A replica would refuse every write, and a sentinel that is behind names one. */
    private static Future<Void> checked(Response role) {
        return role == null || "master".equals(role.get(0).toString())
                ? Future.succeededFuture()
                : Future.failedFuture("Redis there is no primary: role=" + role.get(0));
    }
}
