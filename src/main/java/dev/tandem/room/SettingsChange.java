package dev.tandem.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings that somebody wants a room to have, checked.
 *
 * @param stored what Redis is to hold, by the names in the room's details
 * @param cleared names of what Redis is not to hold any more
 * @param password a new password, not hashed yet
 * @param told what members are told: as it was given, but for the password
 */
public record SettingsChange(
        Map<String, String> stored, List<String> cleared, Optional<String> password, ObjectNode told) {
    /** What keeps order, and is not for the owner alone. */
    private static final Set<String> TUNING = Set.of("topic", "slowMode", "locked");

    Deed deed() {
        boolean tunes = TUNING.containsAll(stored.keySet()) && TUNING.containsAll(cleared) && password.isEmpty();
        return tunes ? Deed.TUNE : Deed.UPDATE;
    }

    boolean isEmpty() {
        return stored.isEmpty() && cleared.isEmpty() && password.isEmpty();
    }

    /** The same, with the password in the form in which it is stored. */
    SettingsChange withHash(String hash) {
        Map<String, String> more = new LinkedHashMap<>(stored);
        more.put("password", hash);
        return new SettingsChange(more, cleared, Optional.empty(), told);
    }
}
