package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomHead;
import dev.tandem.id.UserId;
import dev.tandem.outbound.Outbound;
import dev.tandem.outbound.Recipient;
import java.util.ArrayDeque;
import java.util.List;

/**
 * One connection's place in one room. While the join is under way, what happens is kept, so that nothing is missed and nothing comes
 * before the answer. From then on it knows up to which number the client has been told, until that is where the room stands: then the
 * client is told what everybody is told, by its {@link LocalRoom}. Touched on the pair's event loop only.
 */
final class Membership implements Recipient, PlacedSet.Element {
    /** More than this is not kept; the client is then told that its past has a hole. */
    private static final int MOST_HELD = 1_000;

    private final Client client;
    private final LocalRoom room;
    /** By the room's clock; from then on what happens is kept. */
    private final long addedAt;
    /** Comings and goings up to this version of the room's users are in the answer to the join. */
    private long counted;

    private RoomHead reached;
    /** Where the client stood first, and where once the join was over. */
    private RoomHead began;

    private RoomHead begun;
    private long begunAt;
    /** When the client began to be told what everybody is told. */
    private long levelAt;
    /** What happened while the join was under way; null once it is over. */
    private ArrayDeque<SharedEvent> held = new ArrayDeque<>();

    private boolean out;
    /** Among those who are level with the room. */
    private int place;

    Membership(Client client, LocalRoom room) {
        this.client = client;
        this.room = room;
        this.addedAt = room.now();
    }

    Client client() {
        return client;
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void place(int now) {
        place = now;
    }

    boolean isOf(UserId user) {
        return client.user().id().equals(user);
    }

    LocalRoom room() {
        return room;
    }

    @Override
    public Outbound outbound() {
        return client.connection().outbound();
    }

    @Override
    public boolean isOpen() {
        return client.connection().isOpen();
    }

    /**
     * The join is over and answered, with the room's users as they were by version {@code counted}: first comes what was missed before
     * {@code joined}, then what was kept, then what happens.
     */
    void begin(RoomHead joined, long counted, List<RoomEvent.Posted> missed) {
        if (held == null) {
            return;
        }
        this.counted = counted;
        RoomHead head = joined.equals(room.head()) ? room.head() : joined;
        long first = missed.isEmpty() ? head.seq() : missed.get(0).seq() - 1;
        began = first == head.seq() ? head : new RoomHead(head.epoch(), first);
        missed.forEach(message -> tell(new SharedEvent(room.id(), message)));
        reached = head;
        ArrayDeque<SharedEvent> kept = held;
        held = null;
        kept.forEach(this::accept);
        begun = reached;
        begunAt = room.now();
        room.onBegun(this);
    }

    /** Something happened in the room, and the client is not yet where the room stands. */
    void accept(SharedEvent shared) {
        if (held != null) {
            hold(shared);
        } else if (shared.event() instanceof RoomEvent.Posted posted) {
            if (posted.seq() > reached.seq()) {
                reached = new RoomHead(posted.epoch(), posted.seq());
                tell(shared);
            }
        } else if (shared.event() instanceof RoomEvent.Reset reset) {
            reached = new RoomHead(reset.epoch(), reset.seq());
            began = reached;
            tell(shared);
        } else if (isNews(shared.event())) {
            tell(shared);
        }
    }

    /** From now on the client is told what everybody is told. */
    void onLevel() {
        levelAt = room.now();
    }

    /** Whether the client has been told, by itself, all that was told in the room. */
    boolean hasReached(RoomHead head) {
        return held == null && reached.equals(head);
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

    /** Where the client stood first, and where it stands; null while the join is under way. */
    Suspension.Stay stay() {
        return held != null ? null : new Suspension.Stay(place(first()), place(last()));
    }

    /** The messages that the client was told, and when. */
    void retrace(Trail trail) {
        if (held != null) {
            return;
        }
        RoomHead first = first();
        long seq = first.seq();
        if (first == room.reset()) {
            trail.add(new Trail.Step(room.resetAt(), place(first)));
        } else {
            while (seq < begun.seq()) {
                trail.add(new Trail.Step(begunAt, new Place(room.id(), first.epoch(), ++seq)));
            }
        }
        room.retrace(seq, last(), trail);
    }

    /** The client leaves: it keeps in mind what it was told last. */
    void retraceLast() {
        if (held == null) {
            Trail trail = new Trail();
            retrace(trail);
            trail.last().ifPresent(client::onLeft);
        }
    }

    private RoomHead first() {
        return room.resetAt() > begunAt ? room.reset() : began;
    }

    private RoomHead last() {
        return room.isLevel(this) ? room.head() : reached;
    }

    private Place place(RoomHead head) {
        return new Place(room.id(), head.epoch(), head.seq());
    }

    /**
     * Whether the client is told that with everybody: it was there, was not answered so already, and it is not its own coming. Asked on the
     * connection's event loop, of what was set before the event was handed to it.
     */
    boolean isTold(ComingsAndGoings.Told told) {
        return levelAt < told.time() && !isCounted(told.version()) && !isOwn(told.event());
    }

    private boolean isNews(RoomEvent event) {
        return !isOwn(event) && !(event instanceof RoomEvent.Presence presence && isCounted(presence.version()));
    }

    /** Not to be said of what is numbered anew since. */
    private boolean isCounted(long version) {
        return version <= counted && room.numberedAt() <= addedAt;
    }

    /** Whether the client itself did that, and is not told of it: it came, or is typing. */
    boolean isOwn(RoomEvent event) {
        return event instanceof RoomEvent.Joined joined && isOf(joined.user())
                || event instanceof RoomEvent.Typing typing && isOf(typing.user());
    }

    private void tell(SharedEvent shared) {
        client.send(shared.frame(client.door()));
    }
}
