package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.id.RoomId;
import dev.tandem.outbound.Frame;
import java.util.IdentityHashMap;
import java.util.Map;

/** A room's event on its way to many: encoded once for each door, however many are behind it. Touched on one loop only. */
final class SharedEvent {
    private final RoomId room;
    private final RoomEvent event;
    private final Map<Door, Frame> frames = new IdentityHashMap<>(4);
    private ServerFrame.Event named;

    SharedEvent(RoomId room, RoomEvent event) {
        this.room = room;
        this.event = event;
    }

    RoomEvent event() {
        return event;
    }

    Frame frame(Door door) {
        Frame frame = frames.get(door);
        if (frame == null) {
            frame = door.encode(named());
            frames.put(door, frame);
        }
        return frame;
    }

    /** Where it brings a client; null if nowhere. */
    Place place() {
        return named().place();
    }

    private ServerFrame.Event named() {
        if (named == null) {
            named = ServerFrame.of(room, event);
        }
        return named;
    }
}
