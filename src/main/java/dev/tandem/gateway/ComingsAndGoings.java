package dev.tandem.gateway;

import dev.tandem.event.RoomEvent;
import dev.tandem.id.RoomId;
import dev.tandem.presence.PresenceConfig;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who came into one room and who left it, for a moment: so that a thousand who come at once cost each of the others a few writes and not a
 * thousand. The more there are to tell, the longer is the moment while many come and go: who comes into a quiet room is told as soon as in
 * a small one. Told before anything else that happens in the room, so that the order is kept. In a large room only the number is told, of
 * which the last counts. Touched on the pair's event loop only.
 */
final class ComingsAndGoings {
    /** More than this is not held, but told. */
    private static final int MOST = 1_000;

    /** What is told to those who were in the room at that time, by the room's clock, and have not had it counted in their answer. */
    record Told(RoomEvent event, long version, long time) {}

    private final Vertx vertx;
    private final PresenceConfig config;
    private final TellingPace pace;
    private List<Told> held = List.of();
    /** Only the last is held: there was one that made the room large, or kept it so. */
    private boolean onlyLast;
    /** Not before this is told again, by {@link System#nanoTime}; null before the first time. */
    private Long rested;

    ComingsAndGoings(Vertx vertx, PresenceConfig config, TellingPace pace) {
        this.vertx = vertx;
        this.config = config;
        this.pace = pace;
    }

    /** Holds the event; {@code tell} is to {@link #take} it, at the latest after a while, or at once if nothing is to be gathered. */
    void hold(RoomEvent.Presence event, long time, Runnable tell) {
        if (held.isEmpty()) {
            held = new ArrayList<>(4);
            pace.begin();
            tellLater(tell);
        }
        onlyLast = onlyLast || event.members() > config.largeRoom();
        if (onlyLast) {
            held.clear();
        }
        held.add(new Told(event, event.version(), time));
        if (held.size() == MOST || config.gather().isZero()) {
            tell.run();
        }
    }

    /** What is to be told now. */
    List<Told> take(RoomId room) {
        List<Told> all = held;
        boolean onlyNumber = onlyLast;
        held = List.of();
        onlyLast = false;
        if (all.isEmpty()) {
            return all;
        }
        Told last = all.get(all.size() - 1);
        long members = ((RoomEvent.Presence) last.event()).members();
        rested = System.nanoTime() + pace.pause(members).toNanos();
        pace.end();
        return onlyNumber ? List.of(new Told(RoomEvent.Counted.of(room, members), last.version(), last.time())) : all;
    }

    private void tellLater(Runnable tell) {
        if (!config.gather().isZero()) {
            long rest = rested == null
                    ? 0
                    : Duration.ofNanos(rested - System.nanoTime()).toMillis();
            vertx.setTimer(Math.max(config.gather().toMillis(), rest), due -> tell.run());
        }
    }
}
