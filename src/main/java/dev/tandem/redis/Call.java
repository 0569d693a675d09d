package dev.tandem.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Function;

/** A command, and what goes with it, on the way from the one who asked to Redis and back. Touched on the loop only. */
final class Call<T> {
    /** What Redis answered, and how many replicas have what it did. */
    record Replicated(Response reply, int replicas) {}

    private static final Request ASKING = Request.cmd(Command.ASKING);

    private final Commands.Effect effect;
    private final Request request;
    private final int commands;
    private final Function<RedisConnection, Future<T>> write;
    private final long deadlineNanos;
    private final boolean probe;
    private final Promise<T> promise = Promise.promise();

    private long number;
    private long startedNanos;
    private int bytes = -1;
    private int slot = -1;
    private boolean asking;
    private boolean redirected;
    private int attempts;
    private boolean done;

    private Call(
            Commands.Effect effect,
            Request request,
            int commands,
            long deadlineNanos,
            boolean probe,
            Function<RedisConnection, Future<T>> write) {
        this.effect = effect;
        this.request = request;
        this.commands = commands;
        this.deadlineNanos = deadlineNanos;
        this.probe = probe;
        this.write = write;
    }

    static Call<Response> single(Commands.Effect effect, Request request, long deadlineNanos) {
        return new Call<>(effect, request, 1, deadlineNanos, false, connection -> connection.send(request));
    }

    /** What a {@link Probe} asks. Each has one under way at a time, which waits even where no more may. */
    static Call<Response> probe(Request request, long deadlineNanos) {
        return new Call<>(
                Commands.Effect.ONCE, request, 1, deadlineNanos, true, connection -> connection.send(request));
    }

    /** A command, and right behind it the question how many replicas have, within {@code limit}, what it did. */
    static Call<Replicated> replicated(
            Commands.Effect effect, Request request, int replicas, Duration limit, long deadlineNanos) {
        Request wait = Request.cmd(Command.WAIT).arg(replicas).arg(limit.toMillis());
        return new Call<>(
                effect,
                request,
                2,
                deadlineNanos,
                false,
                connection -> both(connection.send(request), connection.send(wait)));
    }

    /** Ends when both have been answered, with the command's failure if it failed. */
    private static Future<Replicated> both(Future<Response> command, Future<Response> count) {
        Future<Integer> counted = count.map(Response::toInteger).recover(Call::uncounted);
        return Future.join(command, counted).map(ended -> new Replicated(command.result(), counted.result()));
    }

    /** Where Redis refuses to count, no replica is known to have it. */
    private static Future<Integer> uncounted(Throwable failure) {
        return RedisFailures.isReply(failure) ? Future.succeededFuture(0) : Future.failedFuture(failure);
    }

    Future<T> future() {
        return promise.future();
    }

    /** The place in the order of acceptance, which is the order on the wire. */
    long number() {
        return number;
    }

    void number(long accepted) {
        number = accepted;
    }

    int commands() {
        return asking ? commands + 1 : commands;
    }

    boolean isProbe() {
        return probe;
    }

    /** The slot in a cluster that it belongs to. */
    int slot() {
        if (slot < 0) {
            slot = Slots.of(request);
        }
        return slot;
    }

    /** The server that it goes to next takes it only if asked to, since the slot is on its way there. */
    void ask() {
        asking = true;
    }

    /** Redis did nothing and named another place; true if that happened before. */
    boolean redirect() {
        boolean again = redirected;
        redirected = true;
        asking = false;
        attempts--;
        return again;
    }

    /** The encoded size; worked out only for a call that has to wait. */
    int bytes() {
        if (bytes < 0) {
            bytes = request.toString().length();
        }
        return bytes;
    }

    boolean isDone() {
        return done;
    }

    boolean isOverdue(long now) {
        return deadlineNanos - now < 0;
    }

    boolean mayBeRepeated() {
        return effect != Commands.Effect.ONCE;
    }

    /** True if Redis may have done something that the caller would want to know about. */
    boolean outcomeIsUnknown() {
        return attempts > 0 && effect != Commands.Effect.READ;
    }

    /** True if this is not the first time on the wire: even a refusal does not say what became of the first. */
    boolean isRepeated() {
        return attempts > 1;
    }

    Future<T> writeTo(RedisConnection connection, long now) {
        attempts++;
        startedNanos = now;
        if (asking) {
            connection.send(ASKING);
        }
        return write.apply(connection);
    }

    long startedNanos() {
        return startedNanos;
    }

    void complete(T answer) {
        done = true;
        promise.tryComplete(answer);
    }

    void fail(Throwable failure) {
        done = true;
        promise.tryFail(failure);
    }
}
