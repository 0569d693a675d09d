package dev.tandem.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What the feeds count. */
@Singleton
class EventMeters {
    private final Counter repaired;
    private final Counter resets;
    private final Counter heldTooMuch;
    private final Counter lobbyMissed;
    private final Counter lobbyCountsDropped;

    EventMeters(MeterRegistry registry) {
        repaired = Counter.builder("tandem.rooms.messages.repaired")
                .description("Messages that pub/sub did not bring and the history did")
                .register(registry);
        resets = Counter.builder("tandem.rooms.resets")
                .description("Rooms whose members could not be given what they missed")
                .register(registry);
        heldTooMuch = Counter.builder("tandem.rooms.repair.overflows")
                .description("Repairs that had to begin again because too much came in meanwhile")
                .register(registry);
        lobbyMissed = Counter.builder("tandem.lobby.missed")
                .description("Times at which who watches the public rooms had to list them anew")
                .register(registry);
        lobbyCountsDropped = Counter.builder("tandem.lobby.counts.dropped")
                .description("Counts of members that were not told, because too many were to be")
                .register(registry);
    }

    void repaired() {
        repaired.increment();
    }

    void reset() {
        resets.increment();
    }

    void heldTooMuch() {
        heldTooMuch.increment();
    }

    void lobbyMissed() {
        lobbyMissed.increment();
    }

    void lobbyCountDropped() {
        lobbyCountsDropped.increment();
    }
}
