package dev.tandem.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What servers tell each other of a socket.
 *
 * @param handshake {@code {address, time, issued, query, auth, ...}}
 * @param data what the socket's namespace keeps with it
 */
public record SocketDetails(String id, JsonNode handshake, Set<String> rooms, JsonNode data) {}
