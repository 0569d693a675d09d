package dev.tandem.cluster.codec;

import java.util.Set;

/** Sockets by their rooms: those in one room of {@code rooms} at least, or all if it names none, but nobody in {@code except}. */
public record Target(Set<String> rooms, Set<String> except) {
    /** Every socket of the namespace. */
    public static Target everybody() {
        return new Target(Set.of(), Set.of());
    }
}
