package dev.tandem.gateway;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The order in which a client was told the last messages of its rooms. Kept only while it is in several: in one, the numbers say it.
 * Touched on the pair's event loop only.
 */
final class Trail {
    private static final int MOST = 1_000;

    private final Queue<Place> steps = new ArrayDeque<>(1);
    private boolean cut;
    private int rooms;

    /** The client is in so many rooms now. */
    void onRooms(int number) {
        if (number == 1 || number == 2 && rooms < 2) {
            steps.clear();
            cut = false;
        }
        rooms = number;
    }

    void add(Place place) {
        if (rooms < 2) {
            return;
        }
        if (steps.size() == MOST) {
            steps.poll();
            cut = true;
        }
        steps.add(place);
    }

    List<Place> steps() {
        return List.copyOf(steps);
    }

    /** True if the first steps are not known any more. */
    boolean isCut() {
        return cut;
    }
}
