package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** Takes each command to the lane of the shard that it belongs to. */
final class RoutedCommands implements Commands {
    private final RedisLoop loop;
    private final Shards shards;
    private final long timeoutNanos;

    RoutedCommands(RedisLoop loop, Shards shards, Duration timeout) {
        this.loop = loop;
        this.shards = shards;
        this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public Future<Response> ask(Effect effect, Request request) {
        return submit(Call.single(effect, request, deadline()));
    }

    @Override
    public Uni<List<Response>> readEverywhere(Request request) {
        return AsyncResultUni.toUni(answers -> loop.execute(() ->
                Future.all(askEach(request)).map(all -> all.<Response>list()).onComplete(answers)));
    }

    private List<Future<Response>> askEach(Request request) {
        return shards.all().stream()
                .map(shard -> {
                    Call<Response> call = Call.single(Effect.READ, request, deadline());
                    shard.commands().accept(call);
                    return call.future();
                })
                .toList();
    }

    /** The answer, and how many replicas said within {@code limit} that they have what the command did; fails as any other. */
    Future<Call.Replicated> askReplicated(Effect effect, Request request, int replicas, Duration limit) {
        return submit(Call.replicated(effect, request, replicas, limit, deadline()));
    }

    private <T> Future<T> submit(Call<T> call) {
        loop.execute(() -> shards.route(call));
        return call.future();
    }

    private long deadline() {
        return System.nanoTime() + timeoutNanos;
    }
}
