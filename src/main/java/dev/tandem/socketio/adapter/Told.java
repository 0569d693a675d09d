package dev.tandem.socketio.adapter;

import dev.tandem.socketio.adapter.NotRecovered.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a socket was sent of its namespace's log: its client may have got all of it, or less.
 *
 * @param reached up to where the log had been passed on when the connection was lost; the socket may have been sent the next entry too
 * @param trail the places of the last entries that it was sent, in order; {@link LogPlace#NONE} where it was sent, or may have missed,
 *     something that is not in the log
 * @param cut whether it was sent something before that
 */
public record Told(LogPlace reached, List<LogPlace> trail, boolean cut) {
    public Told {
        trail = List.copyOf(trail);
    }

    /**
     * What the client has missed, by the offset that it gives: the last argument, if that was a text, of the last event that it got.
     * An offset of the log that it was never sent is of an earlier session: it got nothing of this one. Fails with {@link NotRecovered}.
     */
    public Absence after(Optional<String> offset, Set<String> rooms) {
        List<LogPlace> unconfirmed = trail.subList(confirmed(offset), trail.size());
        if (unconfirmed.contains(LogPlace.NONE)) {
            throw new NotRecovered(Reason.UNLOGGED);
        }
        if (!unconfirmed.stream().allMatch(reached::isOfEpochOf)) {
            throw new NotRecovered(Reason.GONE);
        }
        Set<Long> numbers = new TreeSet<>();
        unconfirmed.forEach(place -> numbers.add(place.number()));
        return new Absence(since(unconfirmed), reached, numbers, rooms);
    }

    /** The same without what that offset does not confirm: what is sent again comes after it. Fails as {@link #after}. */
    public Told upTo(Optional<String> offset) {
        int confirmed = confirmed(offset);
        return new Told(reached, trail.subList(Math.max(0, confirmed - 1), confirmed), cut || confirmed > 1);
    }

    /** How many steps of the trail the client has got. */
    private int confirmed(Optional<String> offset) {
        Optional<LogPlace> last = offset.flatMap(LogPlace::of);
        int step = last.map(trail::lastIndexOf).orElse(-1);
        boolean gotNothing = offset.isEmpty() || last.isPresent() && step < 0;
        if (step < 0 && (cut || !gotNothing)) {
            throw new NotRecovered(Reason.OFFSET);
        }
        return step + 1;
    }

    /** Whatever is up to there was sent, and confirmed, or was not for this socket. */
    private LogPlace since(List<LogPlace> unconfirmed) {
        int confirmed = trail.size() - unconfirmed.size();
        if (!unconfirmed.isEmpty() && unconfirmed.get(0).isUpTo(reached)) {
            return unconfirmed.get(0).at(unconfirmed.get(0).number() - 1);
        }
        LogPlace last = confirmed == 0 ? LogPlace.NONE : trail.get(confirmed - 1);
        return reached.isUpTo(last) ? last : reached;
    }
}
