package dev.tandem.engineio.transport;

import io.vertx.core.Future;

/** One HTTP request of a client and its answer, without HTTP: it may have come in at another node than the session's. */
@FunctionalInterface
public interface PollingExchange {

    /**
     * Answers the request, if it has not been answered yet. From any thread. Completes, on whatever thread, when the answer has left
     * for the network; fails if it cannot reach the client any more.
     */
    Future<Void> answer(PollingAnswer answer);

    /** Refuses the request; whether the client hears of it does not matter. */
    default void refuse(RequestError error) {
        answer(PollingAnswer.refused(error));
    }
}
