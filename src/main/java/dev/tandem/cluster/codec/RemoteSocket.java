package dev.tandem.cluster.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A socket on another server: its id, its handshake in the words of Node.js, its rooms and what the application keeps with it. */
public record RemoteSocket(String id, JsonNode handshake, Set<String> rooms, JsonNode data) {}
