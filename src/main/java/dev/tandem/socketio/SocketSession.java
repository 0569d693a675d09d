package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.socketio.adapter.Told;
import java.util.Optional;
import java.util.Set;

/**
 * What a socket was when its connection was lost.
 *
 * @param pid the private id, known to the client alone
 * @param told what it was sent of its namespace's log, if that is how it is recovered
 */
public record SocketSession(String sid, String pid, Set<String> rooms, JsonNode data, Optional<Told> told) {
    public SocketSession(String sid, String pid, Set<String> rooms, JsonNode data) {
        this(sid, pid, rooms, data, Optional.empty());
    }
}
