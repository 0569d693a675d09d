package dev.tandem.room;

import dev.tandem.id.RoomId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A room that someone wants. Its name is its id if the settings have none. */
public record RoomDraft(RoomId id, SettingsChange settings) {

    /** A room without rules. */
    public RoomDraft(RoomId id, String name, boolean isPrivate, Optional<Duration> emptyTtl) {
        this(id, new SettingsChange(stored(name, isPrivate, emptyTtl), List.of(), Optional.empty(), null));
    }

    private static Map<String, String> stored(String name, boolean isPrivate, Optional<Duration> emptyTtl) {
        Map<String, String> stored = new LinkedHashMap<>();
        stored.put("name", name);
        stored.put("private", isPrivate ? "1" : "0");
        emptyTtl.ifPresent(ttl -> stored.put("emptyTtl", Long.toString(ttl.toMillis())));
        return stored;
    }
}
