package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.id.UserId;
import java.util.ArrayDeque;
import java.util.List;

/**
 * One connection's place in one room: up to which number it has been told. While the join is under way, what happens is kept,
 * so that nothing is missed and nothing comes before the answer. Touched on the pair's event loop only.
 */
final class Membership {
    /** More than this is not kept; the client is then told that its past has a hole. */
    private static final int MOST_HELD = 1_000;

    private final Client client;
    private final LocalRoom room;
    private long cursor;
    /** The past that the cursor belongs to, and where in it the client stood first. */
    private String epoch;

    private long began;
    /** What happened while the join was under way; null once it is over. */
    private ArrayDeque<SharedEvent> held = new ArrayDeque<>();

    private boolean out;

    Membership(Client client, LocalRoom room) {
        this.client = client;
        this.room = room;
    }

    Client client() {
        return client;
    }

    boolean isOf(UserId user) {
        return client.user().id().equals(user);
    }

    LocalRoom room() {
        return room;
    }

    /** The join is over and answered: first what was missed before {@code head}, then what was kept, then what comes. */
    void begin(RoomHead head, List<RoomEvent.Posted> missed) {
        epoch = head.epoch();
        began = missed.isEmpty() ? head.seq() : missed.get(0).seq() - 1;
        missed.forEach(message -> deliver(new SharedEvent(room.id(), message)));
        cursor = head.seq();
        ArrayDeque<SharedEvent> kept = held;
        held = null;
        if (kept != null) {
            kept.forEach(this::accept);
        }
    }

    void accept(SharedEvent shared) {
        if (held != null) {
            hold(shared);
        } else if (shared.event() instanceof RoomEvent.Posted posted) {
            if (posted.seq() > cursor) {
                cursor = posted.seq();
                deliver(shared);
            }
        } else if (shared.event() instanceof RoomEvent.Reset reset) {
            cursor = reset.seq();
            epoch = reset.epoch();
            began = cursor;
            deliver(shared);
        } else if (!isOwnArrival(shared.event())) {
            deliver(shared);
        }
    }

    /** If too much happens meanwhile, only where the room stands is kept: the client is told that it missed something. */
    private void hold(SharedEvent shared) {
        if (held.size() >= MOST_HELD && shared.event() instanceof RoomEvent.Posted posted) {
            held.clear();
            held.add(new SharedEvent(
                    room.id(), RoomEvent.Reset.of(room.id(), new RoomHead(posted.epoch(), posted.seq()))));
        } else if (held.size() < MOST_HELD) {
            held.add(shared);
        }
    }

    /** The client is not in the room any more, though the join may still be under way. */
    void onPutOut() {
        out = true;
    }

    boolean isOut() {
        return out;
    }

    /** Null while the join is under way. */
    Suspension.Stay stay() {
        return held != null
                ? null
                : new Suspension.Stay(new Place(room.id(), epoch, began), new Place(room.id(), epoch, cursor));
    }

    private boolean isOwnArrival(RoomEvent event) {
        return event instanceof RoomEvent.Joined joined
                && joined.user().equals(client.user().id());
    }

    private void deliver(SharedEvent shared) {
        client.send(shared.frame(client.door()));
        client.onTold(shared);
    }
}
