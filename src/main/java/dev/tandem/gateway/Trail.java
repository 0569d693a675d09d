package dev.tandem.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The order in which a client was told the last messages of its rooms, put together from when each room's were told, where it is needed:
 * in one room, the numbers say it. Touched on the pair's event loop only.
 */
final class Trail {
    private static final int MOST = 1_000;

    /** A message that the client was told, and when. */
    record Step(long time, Place place) {}

    private final List<Step> steps = new ArrayList<>();
    private boolean cut;

    void add(Step step) {
        steps.add(step);
    }

    /** The last step, if there is one. */
    Optional<Step> last() {
        return steps.stream()
                .max(Comparator.comparingLong(Step::time)
                        .thenComparing(step -> step.place().seq()));
    }

    /** Messages are missing, before those that were added. */
    void cut() {
        cut = true;
    }

    /** True if the first steps are not known. */
    boolean isCut() {
        return cut || steps.size() > MOST;
    }

    /** The last of them, in order. */
    List<Place> places() {
        steps.sort(Comparator.comparingLong(Step::time));
        return steps.subList(Math.max(0, steps.size() - MOST), steps.size()).stream()
                .map(Step::place)
                .toList();
    }
}
