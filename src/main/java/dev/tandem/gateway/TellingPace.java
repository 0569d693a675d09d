package dev.tandem.gateway;

import java.time.Duration;

/**
 * How often the rooms of this node tell who comes and goes: all tellings together cost a thousand writes a second or so, however many
 * rooms have something to tell, and however many there are to be told, as long as none has to wait longer than the longest pause. Touched on
 * the pair's event loop only.
 */
final class TellingPace {
    /** From one telling of a room to its next, for each user there is to be told. */
    private static final Duration PAUSE_PER_USER = Duration.ofMillis(10);

    /** With more rooms than this that have something to tell, each does so less often. */
    private static final int ROOMS_AT_ONCE = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private int rooms;

    /** Another room has something to tell. */
    void begin() {
        rooms++;
    }

    /** A room has told it. */
    void end() {
        rooms--;
    }

    /** How long a room of so many users is to tell nothing, now that it has told something. */
    Duration pause(long users) {
        long millis = PAUSE_PER_USER.toMillis() * users * Math.max(ROOMS_AT_ONCE, rooms) / ROOMS_AT_ONCE;
        return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
    }
}
