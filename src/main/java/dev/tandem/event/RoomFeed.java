package dev.tandem.event;

import dev.tandem.error.ErrorCode;
import dev.tandem.error.TandemException;
import dev.tandem.id.RoomId;
import dev.tandem.redis.PubSub;
import dev.tandem.redis.Subscription;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One room's events, in order and without holes. Pub/sub forgets what it said while nobody listened; the history does not. So
 * when a number is not the next one, or the subscription was lost for a while, the feed holds what comes in, reads what is
 * missing from the history, delivers that, and then what it held. Where the past itself is gone, listeners are told with {@link
 * RoomEvent.Reset}. Touched on the pair's event loop only.
 */
final class RoomFeed implements PubSub.Listener {
    private static final Logger LOG = Logger.getLogger(RoomFeed.class);
    private static final int PAGE = 200;
    /** More than this is not held: messages are in the history anyway, and are read from there. */
    private static final int MOST_HELD = 5_000;

    private static final long RETRY_MILLIS = 500;

    private final RoomId room;
    private final RoomLog log;
    private final PubSub pubSub;
    private final Vertx vertx;
    private final EventMeters meters;
    private final Uni<Void> opened;

    private List<RoomListener> listeners = List.of();
    private Subscription subscription;
    private RoomHead head;
    /**
     * The {@linkplain RoomEvent.Posted#identity identity} of the message at the head, by which a past that was rewritten is recognized; null
     * if it has not been seen.
     */
    private String last;

    /** Where it stood when it was last looked at. */
    private RoomHead checked;

    /** Listeners have been told that the room is gone. */
    private boolean gone;

    private boolean closed;
    /** What came in while the past was being read; null when there is nothing to repair. */
    private ArrayDeque<RoomEvent> held = new ArrayDeque<>();

    private boolean repairAgain;

    RoomFeed(RoomId room, RoomLog log, PubSub pubSub, Vertx vertx, EventMeters meters) {
        this.room = room;
        this.log = log;
        this.pubSub = pubSub;
        this.vertx = vertx;
        this.meters = meters;
        this.opened = open().memoize().indefinitely();
    }

    /** Completes when everything that happens from now on is heard; fails with {@code room_not_found}. */
    Uni<Void> opened() {
        return opened;
    }

    /** Where it stands; null until it has been opened. */
    RoomHead head() {
        return head;
    }

    void add(RoomListener listener) {
        List<RoomListener> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = List.copyOf(more);
    }

    void remove(RoomListener listener) {
        listeners = listeners.stream().filter(other -> other != listener).toList();
    }

    boolean isUnheard() {
        return listeners.isEmpty();
    }

    void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void onMessage(String channel, Buffer payload) {
        RoomEvent event = RoomEventCodec.decode(payload);
        if (held == null) {
            accept(event);
        } else if (held.size() < MOST_HELD) {
            held.add(event);
        } else {
            held.clear();
            repairAgain = true;
            meters.heldTooMuch();
        }
    }

    @Override
    public void onResubscribed() {
        repair();
        listeners.forEach(RoomListener::onResubscribed);
    }

    /** Compares where it stands with what Redis says, unless it has heard a message since the last time. */
    void check() {
        if (held != null || closed) {
            return;
        }
        boolean silent = head.equals(checked);
        checked = head;
        if (silent) {
            repair();
        }
    }

    private Uni<Void> open() {
        return pubSub.ssubscribe(RoomKeys.channel(room), this)
                .invoke(this::onSubscribed)
                .chain(() -> log.find(room))
                .invoke(this::onOpened)
                .replaceWithVoid();
    }

    private void onSubscribed(Subscription confirmed) {
        subscription = confirmed;
        if (closed) {
            confirmed.close();
        }
    }

    private void onOpened(Optional<RoomHead> found) {
        if (found.isEmpty()) {
            close();
            throw new TandemException(ErrorCode.ROOM_NOT_FOUND, "There is no room '" + room + "'.", "room");
        }
        head = found.get();
        release();
    }

    private void accept(RoomEvent event) {
        if (event instanceof RoomEvent.Posted posted) {
            accept(posted);
        } else {
            deliver(event);
        }
    }

    private void accept(RoomEvent.Posted posted) {
        boolean samePast = posted.epoch().equals(head.epoch());
        if (samePast && posted.seq() == head.seq() + 1) {
            advance(posted);
        } else if (!samePast || posted.seq() > head.seq()) {
            // Not held: what is read from now on has the message, or shows that it belongs to a past that is gone.
            repair();
        }
    }

    private void advance(RoomEvent.Posted next) {
        head = new RoomHead(next.epoch(), next.seq());
        last = next.identity();
        deliver(next);
    }

    private void deliver(RoomEvent event) {
        if (event instanceof RoomEvent.Deleted) {
            if (gone) {
                return;
            }
            gone = true;
        }
        for (RoomListener listener : listeners) {
            listener.onEvent(event);
        }
    }

    private void repair() {
        if (held != null) {
            repairAgain = true;
            return;
        }
        held = new ArrayDeque<>();
        repairNow();
    }

    private void repairNow() {
        if (closed) {
            return;
        }
        repairAgain = false;
        log.check(room, head, last).chain(this::catchUp).subscribe().with(done -> release(), this::onRepairFailed);
    }

    private void onRepairFailed(Throwable failure) {
        LOG.debugf(failure, "The past could not be read, trying again: room=%s", room);
        vertx.setTimer(RETRY_MILLIS, timer -> repairNow());
    }

    /** Brings listeners from where they are to {@code found}, page by page. */
    private Uni<Void> catchUp(Optional<RoomHead> found) {
        if (found.isEmpty()) {
            deliver(new RoomEvent.Deleted("{\"room\":\"" + room + "\"}"));
            return Uni.createFrom().voidItem();
        }
        gone = false;
        RoomHead target = found.get();
        if (!target.epoch().equals(head.epoch())) {
            reset(target);
        }
        if (head.seq() >= target.seq()) {
            return Uni.createFrom().voidItem();
        }
        return log.range(room, head.epoch(), head.seq() + 1, target.seq(), PAGE).chain(page -> replay(page, target));
    }

    private Uni<Void> replay(List<RoomEvent.Posted> page, RoomHead target) {
        for (RoomEvent.Posted missed : page) {
            if (missed.seq() != head.seq() + 1) {
                break;
            }
            meters.repaired();
            advance(missed);
        }
        boolean stuck = page.isEmpty() || head.seq() < page.get(page.size() - 1).seq();
        if (stuck) {
            reset(target);
        }
        return catchUp(Optional.of(target));
    }

    private void reset(RoomHead target) {
        LOG.warnf("A room's past is lost to its members here: room=%s from=%s to=%s", room, head, target);
        meters.reset();
        head = target;
        last = null;
        deliver(RoomEvent.Reset.of(room, target));
    }

    /** Delivers what was held, in order; if that shows another hole, the rest is held again. */
    private void release() {
        if (repairAgain) {
            repairNow();
            return;
        }
        ArrayDeque<RoomEvent> waiting = held;
        held = null;
        while (!waiting.isEmpty()) {
            RoomEvent event = waiting.poll();
            if (held == null) {
                accept(event);
            } else {
                held.add(event);
            }
        }
    }
}
