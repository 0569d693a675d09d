package dev.tandem.event;

import dev.tandem.id.RoomId;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What this node has written to rooms and, by the same step, published: told by the feature that wrote it, once, and on no other
 * node. For who passes events on to places that know nothing of rooms; members hear of them by {@link RoomFeeds}, wherever they
 * are.
 *
 * <p>At most once: what became of a write is not known if the connection broke meanwhile, and is not told then.
 */
@Singleton
public class WrittenEvents {
    private final List<BiConsumer<RoomId, RoomEvent>> listeners = new CopyOnWriteArrayList<>();

    /** Calls that listener, on any thread, mostly the pair's event loop: hand over, never block. */
    public void onWritten(BiConsumer<RoomId, RoomEvent> listener) {
        listeners.add(listener);
    }

    /** That has been written and published. */
    public void tell(RoomId room, RoomEvent event) {
        listeners.forEach(listener -> listener.accept(room, event));
    }

    /** The same of an event that is only made if somebody listens. */
    public void tell(RoomId room, Supplier<RoomEvent> event) {
        if (!listeners.isEmpty()) {
            tell(room, event.get());
        }
    }

    /** The same, in the form in which a script has published it. */
    public void tellPublished(RoomId room, Buffer payload) {
        tell(room, () -> RoomEventCodec.decode(payload));
    }
}
