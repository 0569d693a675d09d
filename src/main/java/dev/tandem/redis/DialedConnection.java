package dev.tandem.redis;

import io.vertx.core.Handler;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.impl.PooledRedisConnection;

/** An open connection together with the client that was made for it alone, so that it can really be closed. */
public final class DialedConnection {
    private final RedisAddress address;
    private final Redis client;
    private final RedisConnection connection;
    private boolean sharded;

    DialedConnection(RedisAddress address, Redis client, RedisConnection connection) {
        this.address = address;
        this.client = client;
        this.connection = bare(connection);
    }

    /** Without the pool's wrapper, which would write a report on each command, of who asked whom, for metrics that nobody collects here. */
    private static RedisConnection bare(RedisConnection connection) {
        return connection instanceof PooledRedisConnection pooled ? pooled.actual() : connection;
    }

    /** Where it leads. */
    RedisAddress address() {
        return address;
    }

    /** True if the server is one of a cluster that publishes by shards. */
    boolean isSharded() {
        return sharded;
    }

    DialedConnection sharded(boolean known) {
        sharded = known;
        return this;
    }

    RedisConnection connection() {
        return connection;
    }

    /** Calls {@code handler} with the reason when the connection ends, at least once. */
    void onEnd(Handler<String> handler) {
        connection.exceptionHandler(failure -> handler.handle(String.valueOf(failure.getMessage())));
        connection.endHandler(end -> handler.handle("connection closed"));
    }

    /** Closes the socket, whatever is on it. */
    void destroy() {
        client.close();
    }

    @Override
    public String toString() {
        return "open";
    }
}
