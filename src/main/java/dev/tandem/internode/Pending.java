package dev.tandem.internode;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.NodeId;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The requests of this node that wait for an answer. Every one ends. Touched on the pair's event loop only. */
final class Pending {
    private final Vertx vertx;
    private final int most;
    private final Map<Long, Asked> asked = new HashMap<>();
    private long numbers;

    private record Asked(NodeId to, UniEmitter<? super Buffer> emitter, long timer) {}

    Pending(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    boolean isFull() {
        return asked.size() >= most;
    }

    int size() {
        return asked.size();
    }

    /** The number of a request that has so long. */
    long add(NodeId to, UniEmitter<? super Buffer> emitter, Duration limit) {
        long number = ++numbers;
        long timer = vertx.setTimer(
                Math.max(1, limit.toMillis()), late -> fail(number, outcomeUnknown("The node did not answer in time")));
        asked.put(number, new Asked(to, emitter, timer));
        return number;
    }

    void answer(long number, Buffer body) {
        Asked one = take(number);
        if (one != null) {
            one.emitter().complete(body);
        }
    }

    void fail(long number, Throwable failure) {
        Asked one = take(number);
        if (one != null) {
            one.emitter().fail(failure);
        }
    }

    /** The node is gone, and with it its answers. */
    void failAllTo(NodeId node) {
        numbers(each -> each.to().equals(node)).forEach(number -> fail(number, new NodeGone(node)));
    }

    /** Answers may have been missed. */
    void failAll() {
        numbers(each -> true).forEach(number -> fail(number, outcomeUnknown("An answer may have been missed")));
    }

    /** The nodes from which an answer is awaited. */
    Set<NodeId> awaited() {
        return asked.values().stream().map(Asked::to).collect(Collectors.toSet());
    }

    private List<Long> numbers(Predicate<Asked> which) {
        return asked.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Asked take(long number) {
        Asked one = asked.remove(number);
        if (one != null) {
            vertx.cancelTimer(one.timer());
        }
        return one;
    }

    private static TandemException outcomeUnknown(String why) {
        return new TandemException(ErrorCode.OUTCOME_UNKNOWN, why + "; it may or may not have been done.");
    }
}
