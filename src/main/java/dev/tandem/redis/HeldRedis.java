package dev.tandem.redis;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The command connection in the shape that the {@code ReactiveRedisDataSource} wants. It never opens anything: asked for a
 * connection of one's own (transactions, {@code withConnection}, {@code pubsub()}), it refuses.
 */
final class HeldRedis implements Redis {
    private static final Set<String> READS = Set.of(
            "exists",
            "get",
            "getrange",
            "hexists",
            "hget",
            "hgetall",
            "hkeys",
            "hlen",
            "hmget",
            "hscan",
            "hvals",
            "lindex",
            "llen",
            "lrange",
            "mget",
            "ping",
            "pttl",
            "scard",
            "sismember",
            "smembers",
            "smismember",
            "sscan",
            "strlen",
            "ttl",
            "type",
            "zcard",
            "zcount",
            "zrange",
            "zrangebylex",
            "zrangebyscore",
            "zrank",
            "zscan",
            "zscore");

    private final RoutedCommands commands;

    HeldRedis(RoutedCommands commands) {
        this.commands = commands;
    }

    @Override
    public Future<RedisConnection> connect() {
        return Future.failedFuture(new UnsupportedOperationException(
                "A node holds two Redis connections and opens no third: use a script instead of a transaction, and PubSub"
                        + " instead of pubsub()."));
    }

    @Override
    public Future<Response> send(Request request) {
        return commands.ask(effect(request.command()), request);
    }

    /** Not one step: each is sent, retried and refused for itself. */
    @Override
    public Future<List<Response>> batch(List<Request> requests) {
        return Future.join(requests.stream().map(this::send).toList()).map(CompositeFuture::list);
    }

    @Override
    public void close() {
        // The pair's life is that of the application; no user of it can end it.
    }

    private static Commands.Effect effect(Command command) {
        return READS.contains(command.toString().toLowerCase(Locale.ROOT))
                ? Commands.Effect.READ
                : Commands.Effect.ONCE;
    }
}
