package dev.tandem.gateway;

import dev.tandem.id.MessageId;
import dev.tandem.message.MessageUnderWay;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The last message of one client while it is under way, which the next one must not get before. Begun on the client's event loop only. */
final class Sending {
    private final AtomicReference<MessageUnderWay> last = new AtomicReference<>();

    /** Empty if none is under way. */
    Optional<MessageUnderWay> last() {
        return Optional.ofNullable(last.get());
    }

    /** It is forgotten at its end. */
    void add(MessageId id, Future<?> end) {
        MessageUnderWay begun = new MessageUnderWay(id, end);
        last.set(begun);
        end.onComplete(ended -> last.compareAndSet(begun, null));
    }
}
