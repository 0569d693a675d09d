package dev.tandem.redis;

import java.util.Locale;

/** Why a connection was lost, in few enough words for a metric's tag; the log has the whole sentence. */
enum LossCause {
    PROBE,
    CLOSED,
    OTHER;

    static LossCause of(String cause) {
        if (cause.contains("probe")) {
            return PROBE;
        }
        return cause.contains("closed") || cause.contains("reset") ? CLOSED : OTHER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
