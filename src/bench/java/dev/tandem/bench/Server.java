package dev.tandem.bench;

import java.util.List;
import java.util.OptionalLong;

/** A server that is measured, running. */
interface Server extends AutoCloseable {
    String name();

    /** Its processes; their CPU and memory are counted. */
    List<Long> pids();

    /** The Redis that works for it, on the load's core; nothing if there is none. */
    default OptionalLong redisPid() {
        return OptionalLong.empty();
    }

    /** The ports over which connections are spread. */
    List<Integer> ports();

    /** Makes rooms 0 to {@code rooms} - 1 of that set, which nobody has used before. */
    void createRooms(String set, int rooms);

    /** How the load generator speaks to it, with the rooms of that set. */
    List<String> dialect(String set);

    @Override
    void close();
}
