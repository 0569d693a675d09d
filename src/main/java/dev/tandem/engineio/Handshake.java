package dev.tandem.engineio;

import java.time.Instant;
import java.util.Map;

/**
 * The request by which a session began.
 *
 * @param identity who the caller is, as the {@link HandshakeGate} found it; null if that is to be seen
 */
public record Handshake(
        String address, Instant at, Map<String, String> query, RequestHeaders headers, Object identity) {}
