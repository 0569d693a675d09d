package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.outbound.Frame;
import java.util.IdentityHashMap;
import java.util.Map;

/** A room's event on its way to many: encoded once for each door, however many are behind it. Touched on one loop only. */
final class SharedEvent {
    private final RoomEvent event;
    private final Map<Door, Frame> frames = new IdentityHashMap<>(4);
    private ServerFrame.Event named;

    SharedEvent(RoomEvent event) {
        this.event = event;
    }

    RoomEvent event() {
        return event;
    }

    Frame frame(Door door) {
        Frame frame = frames.get(door);
        if (frame == null) {
            if (named == null) {
                named = ServerFrame.of(event);
            }
            frame = door.encode(named);
            frames.put(door, frame);
        }
        return frame;
    }
}
