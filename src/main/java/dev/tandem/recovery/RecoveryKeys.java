package dev.tandem.recovery;

/** {@code recovery:<pid>} in Redis: a socket that was lost, a text of JSON, there for as long as it may come back. */
final class RecoveryKeys {
    private RecoveryKeys() {}

    static String session(String pid) {
        return "recovery:" + pid;
    }
}
