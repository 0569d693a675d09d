package dev.tandem.socketio.adapter;

import java.util.Set;

/**
 * Whom something is for, and how it is sent.
 *
 * @param rooms who is in one of them; everybody, if there is none
 * @param except but not who is in one of these
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, BroadcastFlags flags) {
    public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), BroadcastFlags.NONE);

    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Whoever is in one of these rooms. */
    public static BroadcastOptions to(String... rooms) {
        return new BroadcastOptions(Set.of(rooms), Set.of(), BroadcastFlags.NONE);
    }

    /** Whether somebody who is in these rooms, and in no other, is meant. */
    public boolean chooses(Set<String> joined) {
        return (rooms.isEmpty() || rooms.stream().anyMatch(joined::contains))
                && except.stream().noneMatch(joined::contains);
    }

    public BroadcastOptions with(BroadcastFlags others) {
        return new BroadcastOptions(rooms, except, others);
    }
}
