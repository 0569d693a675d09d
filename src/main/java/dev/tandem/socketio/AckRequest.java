package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.socketio.adapter.AckListener;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One client is asked for one ack. From any thread. */
final class AckRequest implements AckListener {
    private final CompletableFuture<List<JsonNode>> answer = new CompletableFuture<>();

    /** Asks by {@code send}. Completes with the client's arguments; fails with {@link NoAck}. */
    Uni<List<JsonNode>> ask(PendingAcks acks, long id, Duration limit, Runnable send) {
        if (!acks.expect(id, this)) {
            NoAck.Cause why = acks.isClosed() ? NoAck.Cause.DISCONNECTED : NoAck.Cause.TOO_MANY;
            return Uni.createFrom().failure(new NoAck(why));
        }
        send.run();
        answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        answer.whenComplete((arguments, failure) -> acks.take(id));
        return Uni.createFrom()
                .completionStage(answer)
                .onFailure(TimeoutException.class)
                .transform(late -> new NoAck(NoAck.Cause.TIMEOUT));
    }

    @Override
    public void onAck(List<JsonNode> arguments) {
        answer.complete(arguments);
    }

    @Override
    public void onGone() {
        answer.completeExceptionally(new NoAck(NoAck.Cause.DISCONNECTED));
    }
}
