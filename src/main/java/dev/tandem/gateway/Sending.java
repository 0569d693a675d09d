package dev.tandem.gateway;

import dev.tandem.id.MessageId;
import dev.tandem.id.RoomId;
import dev.tandem.message.MessageUnderWay;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client's last message to each room while it is under way, which the next one to that room must not get before. Messages are begun
 * on the client's event loop only, and end anywhere. As many as may be under way at once.
 */
final class Sending {
    private final Map<RoomId, MessageUnderWay> last = new ConcurrentHashMap<>(2);

    /** Empty if none is under way to that room. */
    Optional<MessageUnderWay> lastTo(RoomId room) {
        return Optional.ofNullable(last.get(room));
    }

    /** It is forgotten at its end. */
    void add(RoomId room, MessageId id, Future<?> end) {
        MessageUnderWay begun = new MessageUnderWay(id, end);
        last.put(room, begun);
        end.onComplete(ended -> last.remove(room, begun));
    }
}
