package dev.tandem.redis;

import dev.tandem.error.TandemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What every command goes through: written at once if the connection is ready and not too much is on the wire, else kept, in
 * order, within bounds. Every call ends: with its answer, or with a failure at its deadline at the latest.
 *
 * <p>When the connection breaks, what was on the wire and {@linkplain Commands.Effect may be repeated} goes back to its place
 * in the order; the rest fails as "outcome unknown". State is touched on the pair's event loop only.
 */
final class CommandLane implements Link.Owner {
    private static final long SWEEP_MILLIS = 50;
    /** This node stood still if there was no sweep for so long; then nothing is overdue for as long. */
    private static final long STANDSTILL_NANOS =
            Duration.ofMillis(10 * SWEEP_MILLIS).toNanos();

    /** Hears what an answer says about the server rather than about the command. Called on the pair's event loop. */
    interface Misdirection {
        /** Redis did nothing and said {@code reply}: true if the call is taken to where it belongs. */
        boolean redirect(Call<?> call, Throwable reply);

        /** The connection leads to a replica, which takes no writes. */
        void onReadOnly();
    }

    private final Vertx vertx;
    private final RedisLoop loop;
    private final RedisConfig config;
    private final RedisMeters meters;
    private final Misdirection misdirection;

    private final PriorityQueue<Call<?>> waiting = new PriorityQueue<>(Comparator.comparingLong(Call::number));
    private final ArrayDeque<Call<?>> written = new ArrayDeque<>();
    private DialedConnection connection;
    private int onWire;
    private long waitingBytes;
    private long accepted;
    private long answers;
    private Promise<Void> drained;
    private long sweeper = -1;
    private long sweptNanos;
    private long graceUntilNanos;

    CommandLane(Vertx vertx, RedisLoop loop, RedisConfig config, RedisMeters meters, Misdirection misdirection) {
        this.vertx = vertx;
        this.loop = loop;
        this.config = config;
        this.meters = meters;
        this.misdirection = misdirection;
    }

    void start() {
        sweptNanos = System.nanoTime();
        graceUntilNanos = sweptNanos;
        sweeper = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    }

    void stop() {
        vertx.cancelTimer(sweeper);
    }

    int onWire() {
        return onWire;
    }

    /** How many calls Redis has answered so far. */
    long answers() {
        return answers;
    }

    int waiting() {
        return waiting.size();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** Takes no more calls; completes when those taken have ended, or after {@code limit}. */
    Future<Void> drain(Duration limit) {
        Promise<Void> done = Promise.promise();
        loop.execute(() -> {
            drained = done;
            vertx.setTimer(limit.toMillis(), timer -> done.tryComplete());
            completeDrain();
        });
        return done.future();
    }

    @Override
    public Future<Void> onConnected(DialedConnection fresh) {
        return Future.succeededFuture();
    }

    @Override
    public void onReady(DialedConnection fresh) {
        connection = fresh;
        onWire = 0;
        pump();
    }

    @Override
    public void onLost(String cause) {
        connection = null;
    }

    /** Takes the waiting calls out that belong elsewhere. */
    List<Call<?>> takeOut(Predicate<Call<?>> misplaced) {
        List<Call<?>> taken = waiting.stream()
                .filter(misplaced)
                .sorted(waiting.comparator())
                .collect(Collectors.toCollection(ArrayList::new));
        waiting.removeIf(misplaced);
        taken.forEach(call -> waitingBytes -= call.bytes());
        return taken;
    }

    /** Writes the call, or keeps or refuses it. */
    void accept(Call<?> call) {
        call.number(++accepted);
        if (drained != null) {
            refuse(call, RedisFailures.unavailable("This node is stopping"));
        } else if (waiting.isEmpty() && hasRoomFor(call)) {
            write(call);
        } else if (isFull(call)) {
            refuse(
                    call,
                    connection == null
                            ? RedisFailures.unavailable("There is no connection to Redis")
                            : RedisFailures.overloaded());
        } else {
            keep(call);
        }
    }

    /** A probe's question always finds a place: were it refused, a connection that works would seem not to. */
    private boolean isFull(Call<?> call) {
        return !call.isProbe()
                && (waiting.size() >= config.maxQueued()
                        || waitingBytes + call.bytes() > config.maxQueuedBytes().asLongValue());
    }

    private void refuse(Call<?> call, TandemException failure) {
        meters.failed(failure.code());
        call.fail(failure);
    }

    private void keep(Call<?> call) {
        meters.heldBack();
        waiting.add(call);
        waitingBytes += call.bytes();
    }

    private boolean hasRoomFor(Call<?> call) {
        return connection != null && (onWire == 0 || onWire + call.commands() <= config.maxInFlight());
    }

    private void pump() {
        while (!waiting.isEmpty() && hasRoomFor(waiting.peek())) {
            Call<?> call = waiting.poll();
            waitingBytes -= call.bytes();
            write(call);
        }
    }

    private <T> void write(Call<T> call) {
        DialedConnection used = connection;
        onWire += call.commands();
        meters.sent(call.commands());
        written.add(call);
        call.writeTo(used.connection(), System.nanoTime()).onComplete(answer -> onAnswer(call, used, answer));
    }

    private <T> void onAnswer(Call<T> call, DialedConnection used, AsyncResult<T> answer) {
        if (used == connection) {
            onWire -= call.commands();
        }
        if (answer.succeeded() || RedisFailures.isReply(answer.cause())) {
            answers++;
        }
        if (answer.succeeded()) {
            meters.answered(System.nanoTime() - call.startedNanos());
            call.complete(answer.result());
        } else if (RedisFailures.isReply(answer.cause()) || RedisFailures.isRefused(answer.cause())) {
            onRefused(call, used, answer.cause());
        } else {
            onBroken(call, used, answer.cause());
        }
        forgetDone();
        pump();
        completeDrain();
    }

    private void onRefused(Call<?> call, DialedConnection used, Throwable reply) {
        meters.rejected();
        if (misdirection.redirect(call, reply)) {
            written.remove(call);
            return;
        }
        call.fail(refusal(call, reply));
        if (used == connection && RedisFailures.isReadOnly(reply)) {
            misdirection.onReadOnly();
        }
    }

    /** A refusal means that nothing was done, unless it comes the second time. */
    private static Throwable refusal(Call<?> call, Throwable reply) {
        return call.isRepeated() && call.outcomeIsUnknown() && !RedisFailures.isUnknownScript(reply)
                ? RedisFailures.outcomeUnknown("Redis refused the second attempt")
                : RedisFailures.ofReply(reply);
    }

    /** The connection took the call with it. The link will hear of it too; until then nothing more is written. */
    private void onBroken(Call<?> call, DialedConnection used, Throwable cause) {
        if (used == connection) {
            connection = null;
        }
        written.remove(call);
        if (call.isDone()) {
            return;
        }
        if (RedisFailures.isUnwritten(cause) || call.mayBeRepeated()) {
            keep(call);
        } else {
            refuse(call, RedisFailures.outcomeUnknown("The connection to Redis broke"));
        }
    }

    /** After a standstill answers may have come that were not read, and commands may have been written late. */
    private void sweep() {
        long now = System.nanoTime();
        if (now - sweptNanos > STANDSTILL_NANOS) {
            graceUntilNanos = now + STANDSTILL_NANOS;
        }
        sweptNanos = now;
        if (now - graceUntilNanos >= 0) {
            expire(now);
        }
    }

    private void expire(long now) {
        while (!waiting.isEmpty() && waiting.peek().isOverdue(now)) {
            Call<?> call = waiting.poll();
            waitingBytes -= call.bytes();
            expire(call);
        }
        // First found, then failed: who hears of a failure may send the next command at once.
        List<Call<?>> overdue = written.stream()
                .takeWhile(call -> call.isOverdue(now))
                .filter(call -> !call.isDone())
                .toList();
        overdue.forEach(this::expire);
        forgetDone();
        completeDrain();
    }

    private void expire(Call<?> call) {
        refuse(
                call,
                call.outcomeIsUnknown()
                        ? RedisFailures.outcomeUnknown("Redis did not answer in time")
                        : RedisFailures.unavailable("Redis did not answer in time"));
    }

    private void forgetDone() {
        while (!written.isEmpty() && written.peek().isDone()) {
            written.poll();
        }
    }

    private void completeDrain() {
        if (drained != null && waiting.isEmpty() && written.isEmpty()) {
            drained.tryComplete();
        }
    }
}
