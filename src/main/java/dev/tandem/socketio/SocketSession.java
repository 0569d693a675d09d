package dev.tandem.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What a socket was when its connection was lost.
 *
 * @param pid the private id, known to the client alone
 */
public record SocketSession(String sid, String pid, Set<String> rooms, JsonNode data) {}
