package dev.tandem.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A set in which each element knows its place, so that it costs no more than that: of one element there are as many as connections. */
final class PlacedSet<E extends PlacedSet.Element> {
    private final List<E> elements = new ArrayList<>();

    /** Keeps its place in the one set that it can be in at a time, which alone says anything about it. */
    interface Element {
        int place();

        void place(int now);
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    boolean contains(E element) {
        int place = element.place();
        return place < elements.size() && elements.get(place) == element;
    }

    /** It must not be there yet. */
    void add(E element) {
        element.place(elements.size());
        elements.add(element);
    }

    /** The last one takes the place. False if it was not there. */
    boolean remove(E element) {
        if (!contains(element)) {
            return false;
        }
        E last = elements.remove(elements.size() - 1);
        if (last != element) {
            last.place(element.place());
            elements.set(last.place(), last);
        }
        return true;
    }

    Stream<E> stream() {
        return elements.stream();
    }
}
