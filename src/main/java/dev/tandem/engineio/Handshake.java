package dev.tandem.engineio;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The request by which a session began.
 *
 * @param queryText the query, as it stands in the URL, which is read when somebody asks
 * @param identity who the caller is, as the {@link HandshakeGate} found it; null if that is to be seen
 */
public record Handshake(String address, Instant at, String queryText, RequestHeaders headers, Object identity) {
    /** By their names; of a name that is there several times, the last counts. */
    public Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        new QueryStringDecoder(queryText, false)
                .parameters()
                .forEach((name, all) -> query.put(name, all.get(all.size() - 1)));
        return Map.copyOf(query);
    }
}
