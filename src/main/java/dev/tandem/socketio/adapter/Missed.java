package dev.tandem.socketio.adapter;

import java.util.List;

/**
 * What a socket has missed of a log.
 *
 * @param end up to where the log was read
 */
public record Missed(List<LogEntry> entries, LogPlace end) {
    public Missed {
        entries = List.copyOf(entries);
    }
}
