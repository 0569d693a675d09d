package dev.tandem.socketio.adapter;

import java.util.Set;

/**
 * What there is to look for in a log, for a client that comes back.
 *
 * @param since nothing up to there was missed
 * @param reached up to there, the socket was sent what is in {@code sent}, and nothing else was for it
 * @param sent numbers of what it was sent and has not confirmed
 * @param rooms the rooms that it was in
 */
public record Absence(LogPlace since, LogPlace reached, Set<Long> sent, Set<String> rooms) {
    public Absence {
        sent = Set.copyOf(sent);
        rooms = Set.copyOf(rooms);
    }

    /** Whether that entry, which is of the same epoch, was missed. */
    public boolean misses(LogEntry entry) {
        long number = entry.place().number();
        return sent.contains(number)
                || number > reached.number()
                        && number > since.number()
                        && entry.options().chooses(rooms);
    }

    /** Whether a broadcast that is not in the log, heard when the log had that number, may have been missed. */
    public boolean mayMiss(BroadcastOptions options, long heardAt) {
        return heardAt >= reached.number() && options.chooses(rooms);
    }
}
