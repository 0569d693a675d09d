package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;

/** What the load generator does to a server; {@code swarm.c} says what each option means. */
record Load(int connections, int rooms, int seconds, List<String> options) {

    /** Connections that do nothing once they are in their rooms. */
    static Load idle(int connections, int rooms, int seconds) {
        return new Load(connections, rooms, seconds, List.of());
    }

    /** So many publishers that have {@code window} messages under way each: as much as the server takes. */
    static Load saturating(int connections, int rooms, int publishers, int window, int seconds) {
        return idle(connections, rooms, seconds).with("--pubs", publishers).with("--window", window);
    }

    /** So many messages a second, whatever the server does. */
    static Load steady(int connections, int rooms, int publishers, double rate, int seconds) {
        return idle(connections, rooms, seconds).with("--pubs", publishers).with("--rate", rate);
    }

    /** Whether input is looked for now and then only, so that latencies mean nothing. */
    boolean isCoalesced() {
        return options.contains("--coalesce");
    }

    Load with(String option, Object value) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        more.add(value.toString());
        return new Load(connections, rooms, seconds, List.copyOf(more));
    }
}
