package dev.tandem.event;

/**
 * {@code tandem:lobby}: the channel on which nodes say which public rooms are worth a look, as {@link LobbyNote} has it; nothing is kept. A
 * classic channel in a cluster too, since it hears of rooms of all slots.
 */
public final class LobbyKeys {
    public static final String CHANNEL = "tandem:lobby";

    private LobbyKeys() {}
}
