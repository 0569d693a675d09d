package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tandem.outbound.Frame;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The acks of one broadcast on this node. Ends when everybody has answered or gone, at the latest at the deadline, from which on
 * no socket waits for it any more. From any thread; nobody is called back under its lock.
 */
final class AckCollector {
    private final long ackId;
    private final AckObserver observer;
    private final Map<String, LocalSocket> awaited = new HashMap<>();
    private final List<JsonNode> replies = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    AckCollector(long ackId, AckObserver observer) {
        this.ackId = ackId;
        this.observer = observer;
    }

    /** Asks all of them. Completes when the last has answered, or at the deadline. */
    Uni<Gathered<JsonNode>> ask(Collection<LocalSocket> sockets, Frame frame, Duration limit) {
        observer.onClients(sockets.size());
        synchronized (this) {
            sockets.forEach(socket -> awaited.put(socket.id(), socket));
        }
        sockets.forEach(this::expect);
        sockets.forEach(socket -> socket.send(frame));
        endIfNobodyIsAwaited();
        return Uni.createFrom()
                .completionStage(end.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .handleAsync((all, late) -> gathered(), Infrastructure.getDefaultExecutor()));
    }

    private void expect(LocalSocket socket) {
        boolean expected = socket.expectAck(ackId, new AckListener() {
            @Override
            public void onAck(List<JsonNode> arguments) {
                onReply(socket, arguments.isEmpty() ? NullNode.getInstance() : arguments.get(0));
            }

            @Override
            public void onGone() {
                onLoss(socket);
            }
        });
        if (!expected) {
            onLoss(socket);
        }
    }

    private void onReply(LocalSocket socket, JsonNode reply) {
        synchronized (this) {
            if (awaited.remove(socket.id()) == null) {
                return;
            }
            replies.add(reply);
        }
        observer.onAck(reply);
        endIfNobodyIsAwaited();
    }

    private void onLoss(LocalSocket socket) {
        synchronized (this) {
            awaited.remove(socket.id());
            missing.add(socket.id());
        }
        endIfNobodyIsAwaited();
    }

    private void endIfNobodyIsAwaited() {
        boolean over;
        synchronized (this) {
            over = awaited.isEmpty();
        }
        if (over) {
            end.complete(null);
        }
    }

    private synchronized Gathered<JsonNode> gathered() {
        awaited.values().forEach(socket -> socket.forgetAck(ackId));
        missing.addAll(awaited.keySet());
        awaited.clear();
        return new Gathered<>(replies, missing.size(), missing);
    }
}
