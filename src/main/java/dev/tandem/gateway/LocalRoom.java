package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.event.RoomFeeds;
import dev.tandem.event.RoomHead;
import dev.tandem.event.RoomListener;
import dev.tandem.event.RoomSubscription;
import dev.tandem.id.RoomId;
import dev.tandem.id.UserId;
import dev.tandem.outbound.Audience;
import io.smallrye.mutiny.Uni;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Those of this node who are in one room, and what happens there. Who has been told all that the room has been told is level with it, and
 * belongs to the audience of its door: an event costs the same, however many they are. The others, whose join is under way or who are
 * ahead of what the node has heard, are told one by one until they are level. Touched on the pair's event loop only.
 */
final class LocalRoom implements RoomListener {
    private final RoomId id;
    private final Clock clock;
    private final Owner owner;
    private final Uni<RoomSubscription> opened;
    private final Map<Door, Audience<Membership>> audiences = new IdentityHashMap<>(4);
    private final PlacedSet<Membership> level = new PlacedSet<>();
    private final Set<Membership> others = new LinkedHashSet<>();
    private final Steps steps = new Steps();
    private final ComingsAndGoings comings;
    private RoomSubscription subscription;
    /** Where the room stands here; null until it has been opened. */
    private RoomHead head;
    /** Where it stood after its past was lost; null if it never was. */
    private RoomHead reset;

    private long resetAt;
    /** Since when it is certain that comings and goings are numbered on: before that, Redis may have been another one. */
    private long numberedAt;

    private boolean closed;

    /** Who knows all rooms of this node. Called on the pair's event loop. */
    interface Owner {
        /** The room is gone; its members have been told. */
        void onDeleted(LocalRoom room);

        /** A user is put out; everybody has been told. */
        void onPutOut(LocalRoom room, UserId user);

        /** The room was not heard for a while. */
        void onResubscribed(LocalRoom room);
    }

    /** Counts what all rooms of this node are told. Touched on the pair's event loop only. */
    static final class Clock {
        private long time;
    }

    LocalRoom(RoomId id, RoomFeeds feeds, Clock clock, ComingsAndGoings comings, Owner owner) {
        this.id = id;
        this.clock = clock;
        this.comings = comings;
        this.owner = owner;
        this.opened = feeds.listen(id, this).invoke(this::onOpened).memoize().indefinitely();
    }

    RoomId id() {
        return id;
    }

    /** Completes when the node hears what happens in the room; fails with {@code room_not_found}. */
    Uni<RoomSubscription> opened() {
        return opened;
    }

    void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    boolean isEmpty() {
        return level.isEmpty() && others.isEmpty();
    }

    /** Somebody's join is under way. */
    void add(Membership membership) {
        others.add(membership);
    }

    /** The join is over. */
    void onBegun(Membership membership) {
        if (membership.hasReached(head) && others.remove(membership)) {
            toLevel(membership);
        }
    }

    /** False if it was not there. */
    boolean remove(Membership membership) {
        if (level.remove(membership)) {
            audiences.get(membership.client().door()).remove(membership);
            return true;
        }
        return others.remove(membership);
    }

    /** Takes out those whom the test names. */
    List<Membership> removeIf(Predicate<Membership> test) {
        List<Membership> out =
                Stream.concat(level.stream(), others.stream()).filter(test).toList();
        out.forEach(this::remove);
        return out;
    }

    /** True if one of the user's connections to this node is in the room. */
    boolean has(UserId user) {
        return Stream.concat(level.stream(), others.stream()).anyMatch(member -> member.isOf(user));
    }

    /** Where the room stands for those who are level with it. */
    RoomHead head() {
        return head;
    }

    boolean isLevel(Membership membership) {
        return level.contains(membership);
    }

    /** Where the room stood when its past was lost, and when that was; null, and 0, if it never was. */
    RoomHead reset() {
        return reset;
    }

    long resetAt() {
        return resetAt;
    }

    long numberedAt() {
        return numberedAt;
    }

    long now() {
        return clock.time;
    }

    /** Adds to the trail when the messages after that number, up to the last one, were told. */
    void retrace(long after, RoomHead last, Trail trail) {
        for (long seq = after + 1; seq <= last.seq(); seq++) {
            if (steps.knows(seq)) {
                trail.add(new Trail.Step(steps.timeOf(seq), new Place(id, last.epoch(), seq)));
            } else {
                trail.cut();
            }
        }
    }

    @Override
    public void onEvent(RoomEvent event) {
        note(event);
        SharedEvent shared = new SharedEvent(id, event);
        if (event instanceof RoomEvent.Presence presence) {
            comings.hold(presence, clock.time, this::tellComings);
        } else {
            tellComings();
            audiences.forEach((door, audience) -> tell(door, audience, shared));
        }
        if (!others.isEmpty()) {
            others.forEach(membership -> membership.accept(shared));
            others.removeIf(this::isLevelNow);
        }
        if (event instanceof RoomEvent.Deleted) {
            owner.onDeleted(this);
        } else if (event instanceof RoomEvent.PutOut out) {
            owner.onPutOut(this, out.user());
        }
    }

    @Override
    public void onResubscribed() {
        numberedAt = ++clock.time;
        owner.onResubscribed(this);
    }

    private static void tell(Door door, Audience<Membership> audience, SharedEvent shared) {
        if (audience.size() == 0) {
            return;
        } else if (shared.event() instanceof RoomEvent.Typing typing) {
            audience.send(shared.frame(door), membership -> !membership.isOwn(typing));
        } else {
            audience.send(shared.frame(door));
        }
    }

    /** Only to those who were there: the others were told the number when they came. */
    private void tellComings() {
        List<ComingsAndGoings.Told> told = comings.take(id);
        if (told.isEmpty()) {
            return;
        }
        List<SharedEvent> shared =
                told.stream().map(each -> new SharedEvent(id, each.event())).toList();
        audiences.forEach((door, audience) -> {
            if (audience.size() > 0) {
                ToldTogether.of(told, shared, door).send(audience);
            }
        });
    }

    private void note(RoomEvent event) {
        clock.time++;
        if (event instanceof RoomEvent.Posted posted) {
            head = new RoomHead(posted.epoch(), posted.seq());
            steps.add(posted.seq(), clock.time);
        } else if (event instanceof RoomEvent.Reset lost) {
            head = new RoomHead(lost.epoch(), lost.seq());
            reset = head;
            resetAt = clock.time;
            numberedAt = clock.time;
            steps.clear();
        }
    }

    private boolean isLevelNow(Membership membership) {
        if (!membership.hasReached(head)) {
            return false;
        }
        toLevel(membership);
        return true;
    }

    private void toLevel(Membership membership) {
        level.add(membership);
        membership.onLevel();
        audiences
                .computeIfAbsent(membership.client().door(), door -> new Audience<>())
                .add(membership);
    }

    private void onOpened(RoomSubscription confirmed) {
        subscription = confirmed;
        head = confirmed.head();
        if (closed) {
            confirmed.close();
        }
    }
}
