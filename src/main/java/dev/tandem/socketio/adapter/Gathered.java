package dev.tandem.socketio.adapter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What arrived from many until the deadline.
 *
 * @param missing how many did not answer
 * @param names those of them whose names are known: ids of sockets, or of servers
 */
public record Gathered<T>(List<T> items, int missing, Set<String> names) {

    public Gathered {
        items = List.copyOf(items);
        names = Set.copyOf(names);
    }

    /** Everybody has answered. */
    public static <T> Gathered<T> complete(List<T> items) {
        return new Gathered<>(items, 0, Set.of());
    }

    public boolean isComplete() {
        return missing == 0;
    }

    /** This and what arrived from others. */
    public Gathered<T> plus(Gathered<T> others) {
        List<T> all = new ArrayList<>(items);
        all.addAll(others.items);
        Set<String> allNames = new HashSet<>(names);
        allNames.addAll(others.names);
        return new Gathered<>(all, missing + others.missing, allNames);
    }
}
