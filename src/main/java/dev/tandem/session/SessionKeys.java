package dev.tandem.session;

/**
 * What Redis holds of proofs: {@code s:<sid>}, a session's JSON, as connect-redis keeps it; {@code apikey:<id>}, a hash, {@code
 * apikeys}, the set of their ids, and {@code apikeys:used}, a hash of when each was used last. {@code callers:{ended}:log} is a sorted set of who was ended when (ms), told on the channel {@code
 * callers:{ended}} of the same slot.
 */
final class SessionKeys {
    static final String API_KEYS = "apikeys";
    static final String API_KEYS_USED = "apikeys:used";
    static final String ENDED = "callers:{ended}:log";
    static final String ENDED_CHANNEL = "callers:{ended}";

    private SessionKeys() {}

    static String session(String sid) {
        return "s:" + sid;
    }

    static String apiKey(String id) {
        return "apikey:" + id;
    }
}
