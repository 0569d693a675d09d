package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

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
    public Uni<Response> send(Effect effect, Request request) {
        return uni(() -> submit(effect, request));
    }

    @Override
    public Uni<List<Response>> readEverywhere(Request request) {
        return uni(() -> {
            Promise<List<Response>> answers = Promise.promise();
            loop.execute(() -> Future.all(askEach(request))
                    .map(all -> all.<Response>list())
                    .onComplete(answers));
            return answers.future();
        });
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

    Future<Response> submit(Effect effect, Request request) {
        return submit(Call.single(effect, request, deadline()));
    }

    /** The answer, and how many replicas said within {@code limit} that they have what the command did; fails as any other. */
    Uni<Call.Replicated> sendReplicated(Effect effect, Request request, int replicas, Duration limit) {
        return uni(() -> submit(Call.replicated(effect, request, replicas, limit, deadline())));
    }

    private <T> Future<T> submit(Call<T> call) {
        loop.execute(() -> shards.route(call));
        return call.future();
    }

    private long deadline() {
        return System.nanoTime() + timeoutNanos;
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> future) {
        return Uni.createFrom().emitter(emitter -> future.get().onComplete(emitter::complete, emitter::fail));
    }
}
