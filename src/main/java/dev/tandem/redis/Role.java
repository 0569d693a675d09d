package dev.tandem.redis;

import java.util.Locale;

/** What a connection of the pair is for. */
public enum Role {
    COMMANDS,
    PUBSUB;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The role as it stands in connection names and metric tags. */
    public String label() {
        return label;
    }
}
