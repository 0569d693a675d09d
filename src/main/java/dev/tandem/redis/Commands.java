package dev.tandem.redis;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.AsyncResultUni;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * The command connection, shared by everything on this node: what is sent is pipelined, in the order of the calls made on one
 * thread. From any thread; results come on the pair's event loop, so they must not be blocked on or block.
 *
 * <p>Each subscription to a result sends the command once more. A result fails with a {@link
 * dev.tandem.error.TandemException}: {@code redis_unavailable} if nothing was done, because there is no connection and the
 * waiting queue is full or the time is up; {@code outcome_unknown} if the command was on the wire when the connection broke or
 * the time ran out; {@code overloaded} if too many commands wait. An error that Redis itself answers comes as
 * {@link io.vertx.redis.client.impl.types.ErrorType}, unless it means that Redis cannot take writes now ({@code
 * redis_unavailable}).
 *
 * <p>Commands that change the connection for everybody (MULTI, WATCH, SELECT, blocking reads, SUBSCRIBE) must not be sent.
 */
public interface Commands {

    /** What may be done when the connection breaks while a command is on the wire. */
    enum Effect {
        /** It changes nothing: it is sent again on the next connection. */
        READ,
        /** Doing it twice is the same as doing it once: it is sent again on the next connection. */
        REPEATABLE,
        /** It is not sent again. */
        ONCE
    }

    /**
     * The answer to {@code request}, which is null where Redis says nil. Sent now and once. For the ways that every message takes: it costs
     * nothing but the command.
     */
    Future<Response> ask(Effect effect, Request request);

    /** The same, sent with each subscription. */
    default Uni<Response> send(Effect effect, Request request) {
        return AsyncResultUni.toUni(answer -> ask(effect, request).onComplete(answer));
    }

    /** The answer to a command without effect. */
    default Uni<Response> read(Request request) {
        return send(Effect.READ, request);
    }

    /**
     * The answers of every server that has keys to a command without effect, for what each knows of itself alone. While the slots
     * of a cluster are being rearranged, a server may be asked twice, and another not at all.
     */
    default Uni<List<Response>> readEverywhere(Request request) {
        return read(request).map(List::of);
    }
}
