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
public record Handshake(String address, long atMillis, String queryText, RequestHeaders headers, Object identity) {
    /** What a client asks for that says no more than it must; most keep no text of their own. */
    private static final String USUAL_QUERY = "EIO=4&transport=websocket";

    public Handshake {
        queryText = USUAL_QUERY.equals(queryText) ? USUAL_QUERY : queryText;
    }

    /** When it was let in, to the millisecond. */
    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** By their names; of a name that is there several times, the last counts. */
    public Map<String, String> query() {
        Map<String, String> query = new HashMap<>();
        new QueryStringDecoder(queryText, false)
                .parameters()
                .forEach((name, all) -> query.put(name, all.get(all.size() - 1)));
        return Map.copyOf(query);
    }
}
