package dev.tandem.presence;

/** What Redis holds about leases; what it holds about a room's people is in {@link dev.tandem.event.RoomKeys}. */
final class PresenceKeys {
    /** Sorted set of living leases by the time (ms) at which they run out. */
    static final String LEASES = "{presence}:leases";

    /** Set of leases that were taken away and whose people are not all removed yet. */
    static final String DEAD = "{presence}:dead";

    private PresenceKeys() {}

    /** Set of the rooms in which the lease has, or had, people. */
    static String rooms(String lease) {
        return "{presence}:rooms:" + lease;
    }
}
