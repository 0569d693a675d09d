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
 * on the client's event loop only, and end anywhere. Bounded by {@link CommandQueue#MOST_UNDER_WAY}.
 */
final class Sending {
    private final Map<RoomId, MessageUnderWay> last = new ConcurrentHashMap<>(2);

    /** Empty if none is under way to that room. */
    Optional<MessageUnderWay> lastTo(RoomId room) {
        return Optional.ofNullable(last.get(room));
    }

    /** It is forgotten when it has ended, and all before it have: one that is refused at once does not hide them. */
    void add(RoomId room, MessageId id, Future<?> end) {
        MessageUnderWay before = last.get(room);
        Future<?> all =
                before == null ? end : end.transform(ended -> before.end().mapEmpty());
        MessageUnderWay begun = new MessageUnderWay(id, all);
        last.put(room, begun);
        all.onComplete(ended -> last.remove(room, begun));
    }
}
