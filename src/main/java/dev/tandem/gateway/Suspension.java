package dev.tandem.gateway;

import dev.tandem.id.RoomId;
import dev.tandem.presence.Status;
import dev.tandem.session.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a client stood when its connection was lost: more may have been sent to it than it got.
 *
 * @param proof by what it was let in
 * @param status how present its user said to be by it
 * @param watches whether it watched the public rooms
 * @param trail the order of the last messages that it was sent, if it was in several rooms
 * @param cut whether messages before the trail are not known any more
 */
public record Suspension(
        Proof proof, Status status, boolean watches, List<Stay> stays, List<Place> trail, boolean cut) {

    /** A room, where it stood there in the beginning, and where it would stand had it got everything. */
    public record Stay(Place began, Place reached) {
        RoomId room() {
            return began.room();
        }

        /** True if the client can have stood there. */
        boolean contains(Place place) {
            return place.room().equals(room())
                    && place.epoch().equals(reached.epoch())
                    && place.epoch().equals(began.epoch())
                    && place.seq() >= began.seq()
                    && place.seq() <= reached.seq();
        }
    }

    /** Where the client stands in each of its rooms if {@code last} is the last that it got; empty if that cannot be said. */
    public Optional<List<Place>> after(Place last) {
        if (last.equals(Place.START)) {
            return Optional.of(stays.stream().map(Stay::began).toList());
        }
        int step = trail.lastIndexOf(last);
        if (step >= 0) {
            return Optional.of(stays.stream().map(stay -> afterStep(stay, step)).toList());
        }
        boolean known = !cut && stays.stream().anyMatch(stay -> stay.contains(last) && !follows(stay, last));
        return known ? Optional.of(beforeTrail(last)) : Optional.empty();
    }

    /** Before there were several rooms, there was that one. */
    private List<Place> beforeTrail(Place last) {
        List<Place> places = new ArrayList<>();
        for (Stay stay : stays) {
            places.add(stay.room().equals(last.room()) ? last : afterStep(stay, -1));
        }
        return places;
    }

    /** True if the message is on the trail, or would be had it been sent. */
    private boolean follows(Stay stay, Place last) {
        return trail.stream()
                .filter(place -> place.room().equals(stay.room()))
                .findFirst()
                .map(first -> last.seq() >= first.seq())
                .orElse(false);
    }

    /** The room's last message up to that step of the trail, or else the one before its first after it. */
    private Place afterStep(Stay stay, int step) {
        for (int i = step; i >= 0; i--) {
            if (trail.get(i).room().equals(stay.room())) {
                return trail.get(i);
            }
        }
        for (int i = step + 1; i < trail.size(); i++) {
            Place next = trail.get(i);
            if (next.room().equals(stay.room())) {
                return new Place(next.room(), next.epoch(), next.seq() - 1);
            }
        }
        return stay.reached();
    }
}
